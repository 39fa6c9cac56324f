package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against bytes that Confluent's own serializer made, in two versions of a schema. */
class ConfluentWireGoldenTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private LoopbackRegistry registry;
    private ConfluentWireSerde serde;
    /** Version 1, then 2. */
    private List<Schema> versions;

    private List<Golden> records;

    private record Golden(int version, String hex, JsonNode value) {}

    @BeforeEach
    void load() throws IOException {
        Path directory = Path.of(System.getProperty("cloverwatch.shared", "../shared"), "data", "confluent-wire");
        Assumptions.assumeTrue(Files.isDirectory(directory), "no " + directory);
        versions = List.of(
                new Schema.Parser().parse(directory.resolve("reading-v1.avsc").toFile()),
                new Schema.Parser().parse(directory.resolve("reading-v2.avsc").toFile()));
        records = Files.readAllLines(directory.resolve("records.ndjson")).stream()
                .map(ConfluentWireGoldenTest::golden)
                .toList();
        registry = new LoopbackRegistry();
        RegistryClient client = registry.client();
        serde = new ConfluentWireSerde(client);
        assertThat(client.register("golden-value", versions.get(0))).isEqualTo(1);
        assertThat(client.register("golden-value", versions.get(1))).isEqualTo(2);
    }

    @AfterEach
    void stop() {
        if (registry != null) {
            serde.close();
            registry.close();
        }
    }

    private static Golden golden(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return new Golden(
                    json.path("schema_version").asInt(), json.path("bytes_hex").asText(), json.path("value"));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @Test
    void everyRecordIsReadAsItWasWritten() throws IOException {
        assertThat(records).hasSize(6);
        for (Golden golden : records) {
            IndexedRecord record = read(golden, golden.version());
            ObjectNode expected = golden.value().deepCopy();
            expected.put(
                    "at", Instant.ofEpochMilli(expected.path("at").asLong()).toString());
            assertThat(JSON.readTree(GenericData.get().toString(record))).isEqualTo(expected);
        }
    }

    @Test
    void everyRecordIsWrittenToTheSameBytes() {
        for (Golden golden : records) {
            byte[] bytes = serde.write("golden", read(golden, golden.version()));
            assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(golden.hex());
        }
    }

    @Test
    void theOldReaderTakesTheNewSymbolAsUnknownAndSkipsTheNewField() {
        IndexedRecord streamed = read(records.get(5), 1);
        assertThat(records.get(5).value().path("kind").asText()).isEqualTo("STREAM");
        assertThat(field(streamed, "kind")).hasToString("UNKNOWN");
        assertThat(field(streamed, "count")).isEqualTo(90_000L);
        assertThat(field(read(records.get(4), 1), "kind")).hasToString("WRITE");
    }

    @Test
    void theNewReaderGivesTheNewFieldItsDefault() {
        for (Golden golden : records.subList(0, 3)) {
            IndexedRecord record = read(golden, 2);
            assertThat(field(record, "added")).isEqualTo(0.5);
            assertThat(field(record, "id"))
                    .hasToString(golden.value().path("id").asText());
            assertThat(field(record, "count"))
                    .isEqualTo(golden.value().path("count").asLong());
        }
    }

    private IndexedRecord read(Golden golden, int readerVersion) {
        return serde.read(HexFormat.of().parseHex(golden.hex()), versions.get(readerVersion - 1));
    }

    private static Object field(IndexedRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }
}
