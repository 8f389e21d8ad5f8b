import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Judges XML documents by an XML Schema with what every Java has, javax.xml.validation.
 *
 * <p>The argument names the schema. Documents come on the standard input, each as its length in four bytes and its
 * bytes; for each the answer is a length and so many bytes of UTF-8: the first thing that is wrong, or nothing.
 */
public final class Judge {
    private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

    private final SAXParserFactory parsers;
    private final Validator validator;

    private Judge(File file) throws Exception {
        SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        schemas.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        schemas.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        schemas.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        Schema schema = schemas.newSchema(file);
        validator = schema.newValidator();
        validator.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        validator.setErrorHandler(new First());
        parsers = SAXParserFactory.newInstance();
        parsers.setNamespaceAware(true);
        parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        parsers.setFeature(NO_DOCTYPE, true);
    }

    /** What is first wrong in the document; the empty text where nothing is. */
    private String judge(byte[] document) throws Exception {
        InputSource source = new InputSource(new ByteArrayInputStream(document));
        try {
            validator.validate(new SAXSource(parsers.newSAXParser().getXMLReader(), source));
            return "";
        } catch (SAXException | IOException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    public static void main(String[] arguments) throws Exception {
        Judge judge = new Judge(new File(arguments[0]));
        DataInputStream in = new DataInputStream(System.in);
        DataOutputStream out = new DataOutputStream(System.out);
        for (int length = in.readInt(); length > 0; length = in.readInt()) {
            byte[] answer = judge.judge(in.readNBytes(length)).getBytes(StandardCharsets.UTF_8);
            out.writeInt(answer.length);
            out.write(answer);
            out.flush();
        }
    }

    /** Ends the validation with the first error. */
    private static final class First implements ErrorHandler {
        @Override
        public void warning(SAXParseException remark) {}

        @Override
        public void error(SAXParseException wrong) throws SAXException {
            throw wrong;
        }

        @Override
        public void fatalError(SAXParseException wrong) throws SAXException {
            throw wrong;
        }
    }
}
