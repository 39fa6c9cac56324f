package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudTrailReaderTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Records':[{'n':1},{'n':2}]}",
                "\n {\n 'Records' : [\n{'n':1},\n{'n':2}\n]\n}\n",
                "{'Other':{'a':[1]},'Records':[{'n':1},{'n':2}],'More':1}",
                "{'Records':[{'n':1}]}{'Records':[]}\n{'Records':[{'n':2}]}",
                "[{'n':1},{'n':2}]",
                "{'n':1}\n{'n':2}",
                "{'n':1}\r\n\r\n{'n':2}\r\n",
                "{\n'n':1\n}\n{\n'n':2\n}",
                "\uFEFF{'Records':[{'n':1},{'n':2}]}",
                "\uFEFF{'n':1}\n{'n':2}",
            })
    void records_come_in_the_order_of_the_file_whatever_its_layout(String content) throws Exception {
        assertThat(read(content)).extracting(JsonNode::toString).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void gzip_is_told_by_its_bytes_not_its_name() throws Exception {
        Path file = Files.write(dir.resolve("trail.json"), gzip("{'Records':[{'n':1},{'n':2}]}"));

        assertThat(read(file)).hasSize(2);
    }

    @Test
    void a_broken_line_among_records_is_a_record_that_cannot_be_read() throws Exception {
        assertThat(read("{'n':1}\n{'n':\n{'n':3} x\n{'n':4}"))
                .extracting(JsonNode::isMissingNode)
                .containsExactly(false, true, true, false);
    }

    @Test
    void a_line_of_bytes_that_are_no_text_cannot_be_read_either() throws Exception {
        byte[] content = {'{', '}', '\n', 0, 0, 0, '{', '\n', (byte) 0xff, '\n', '{', '}'};

        assertThat(read(Files.write(dir.resolve("trail.json"), content)))
                .extracting(JsonNode::isMissingNode)
                .containsExactly(false, true, true, false);
    }

    @Test
    void elements_that_are_no_records_are_not_dropped() throws Exception {
        assertThat(read("{'Records':[null,7,'x',[],{}]}")).hasSize(5);
    }

    @Test
    void no_records_are_none() throws Exception {
        assertThat(read("{'Records':[]}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "<xml/>",
                "{'Records':[{'n':1},{'n':",
                "{'Records':[{'n':1}",
                "{'Records':null}",
                "{'Records':{}}",
                "7",
                "'anna'",
                "anna,berta",
                "{'n':anna}"
            })
    void what_is_no_cloudtrail_is_refused_without_quoting_it(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith(dir.resolve("trail.json").toString())
                .hasMessageContaining("expected")
                .hasMessageNotContaining("anna");
    }

    @Test
    void the_line_of_the_mistake_is_named() {
        assertThatThrownBy(() -> read("{'Records':[\n{'n':1},\n{'n'=2}]}"))
                .hasMessage(dir.resolve("trail.json") + ":3: expected JSON");
    }

    @Test
    void a_cut_off_gzip_file_is_refused() throws Exception {
        byte[] whole = gzip("{'Records':[{'n':1},{'n':2}]}");
        Path file = Files.write(dir.resolve("cut.gz"), Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(UnusableInputException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void a_missing_file_and_a_directory_are_refused() {
        assertThatThrownBy(() -> read(dir.resolve("none.json")))
                .hasMessageEndingWith("none.json: there is no such file");
        assertThatThrownBy(() -> read(dir)).hasMessageEndingWith("not a directory");
    }

    private List<JsonNode> read(String content) throws IOException {
        return read(Files.writeString(dir.resolve("trail.json"), content.replace('\'', '"')));
    }

    private static List<JsonNode> read(Path file) {
        List<JsonNode> records = new ArrayList<>();
        CloudTrailReader.read(file, records::add);
        return records;
    }

    private static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
