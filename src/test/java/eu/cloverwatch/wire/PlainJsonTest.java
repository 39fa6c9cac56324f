package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PlainJsonTest {

    @Test
    void bytesAreHexadecimalAndStayToBeRead() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, (byte) 0xff});
        StringWriter out = new StringWriter();
        try (JsonGenerator json = PlainJson.generator(out)) {
            PlainJson.write(json, bytes);
        }
        assertThat(out).hasToString("\"01ff\"");
        assertThat(bytes.remaining()).isEqualTo(2);
    }

    @Test
    void whatIsPrintableHasNothingElseAndSaysTheSame() throws IOException {
        String text = "a~\u007f\u0080\u009b\u00e9\u202e\ud83d\ude00\u001b\n\"\\";
        StringWriter out = new StringWriter();
        try (JsonGenerator json = PlainJson.printableGenerator(out)) {
            PlainJson.write(json, text);
        }
        assertThat(out.toString().chars()).allMatch(c -> c >= ' ' && c <= '~');
        assertThat(new ObjectMapper().readTree(out.toString()).asText()).isEqualTo(text);
    }
}
