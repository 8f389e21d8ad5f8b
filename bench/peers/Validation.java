import java.io.ByteArrayInputStream;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Judges documents by an XSD: the documents come on standard input, each ended by a NUL; the path of the XSD and the
 * number of rounds are the arguments. Prints a 1 for each that is rejected and a 0 for each other,
 * the processor's smallest seconds of a round, and the seconds that compiling the XSD took. */
public class Validation {
  static boolean wrong;

  public static void main(String[] given) throws Exception {
    long began = System.nanoTime();
    Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File(given[0]));
    double start = (System.nanoTime() - began) / 1e9;
    Validator judge = schema.newValidator();
    judge.setErrorHandler(new ErrorHandler() {
      public void warning(SAXParseException one) { }
      public void error(SAXParseException one) { wrong = true; }
      public void fatalError(SAXParseException one) { wrong = true; }
    });
    List<byte[]> documents = new ArrayList<>();
    byte[] all = System.in.readAllBytes();
    for (int from = 0, to = 0; to < all.length; to++)
      if (all[to] == 0) { documents.add(java.util.Arrays.copyOfRange(all, from, to)); from = to + 1; }
    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    double least = Double.MAX_VALUE;
    StringBuilder verdicts = null;
    for (int round = 0; round < Integer.parseInt(given[1]); round++) {
      verdicts = new StringBuilder();
      long begin = processor.getCurrentThreadCpuTime();
      for (byte[] document : documents) {
        wrong = false;
        try { judge.validate(new StreamSource(new ByteArrayInputStream(document))); }
        catch (SAXException broken) { wrong = true; }
        verdicts.append(wrong ? '1' : '0');
      }
      least = Math.min(least, (processor.getCurrentThreadCpuTime() - begin) / 1e9);
    }
    System.out.println(verdicts + " " + least + " " + start);
  }
}
