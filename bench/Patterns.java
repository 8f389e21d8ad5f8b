import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;

/**
 * Measures how long documents take by schemas of one pattern each. Given on the standard input, each ended by NUL: a
 * schema, how many pairs of documents follow, and a short and a long document for each; answered by two times a line.
 */
final class Patterns {
    private static final int ROUNDS = 5;

    private static double best(Validator judge, String document, int times) throws Exception {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = System.nanoTime();
            for (int n = 0; n < times; n++) {
                try {
                    judge.validate(new StreamSource(new StringReader(document)));
                } catch (SAXException wrong) {
                    continue;
                }
            }
            least = Math.min(least, (System.nanoTime() - begin) / (double) times);
        }
        return least;
    }

    public static void main(String[] arguments) throws Exception {
        String[] given = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\0", -1);
        SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        for (int at = 0; at + 1 < given.length; ) {
            Validator judge = schemas.newSchema(new StreamSource(new StringReader(given[at++]))).newValidator();
            for (int pairs = Integer.parseInt(given[at++]); pairs > 0; pairs--) {
                System.out.println(best(judge, given[at++], 100) + " " + best(judge, given[at++], 3));
            }
        }
    }
}
