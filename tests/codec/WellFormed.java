import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Whether each document of the standard input, given as its length and its bytes, is well-formed: 1 or 0. */
final class WellFormed {
    public static void main(String[] arguments) throws Exception {
        SAXParserFactory parsers = SAXParserFactory.newInstance();
        parsers.setNamespaceAware(true);
        DataInputStream in = new DataInputStream(System.in);
        StringBuilder said = new StringBuilder();
        while (in.available() > 0) {
            byte[] document = in.readNBytes(in.readInt());
            try {
                parsers.newSAXParser().parse(new ByteArrayInputStream(document), new DefaultHandler());
                said.append('1');
            } catch (SAXException | java.io.IOException wrong) {
                said.append('0');
            }
        }
        System.out.println(said);
    }
}
