package eu.cloverwatch.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Times;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * One NDJSON file of a scenario directory, read line by line in arrival order. Blank lines are skipped. A line that cannot
 * be read as a record comes out all the same, as its bytes, with what is wrong.
 */
public final class ScenarioFile implements AutoCloseable {

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final Topic topic;
    private final Path file;
    private final InputStream in;
    private long number;
    private Instant time = Instant.EPOCH;

    /**
     * A line as it arrives.
     *
     * @param number 1 for the first line of the file
     * @param arrival its timestamp is the line's own time, or that of the line before where it has none
     * @param problem why this is no record of the contract's shape; null if it is one
     */
    public record Line(
            Path file,
            long number,
            Arrival arrival,
            @Nullable String problem) {

        /** {@code file:line}, for messages. */
        public String place() {
            return file + ":" + number;
        }
    }

    private ScenarioFile(Topic topic, Path file, InputStream in) {
        this.topic = topic;
        this.file = file;
        this.in = in;
    }

    public static ScenarioFile open(Topic topic, Path file) throws IOException {
        return new ScenarioFile(topic, file, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /** The next line that is not blank; null at the end of the file. */
    public @Nullable Line next() throws IOException {
        for (byte[] bytes = readLine(); bytes != null; bytes = readLine()) {
            number++;
            if (!new String(bytes, StandardCharsets.ISO_8859_1).isBlank()) {
                return line(bytes);
            }
        }
        return null;
    }

    private Line line(byte[] bytes) {
        JsonNode json = null;
        try {
            json = JSON.readTree(decode(bytes));
            time = timeOf(json);
            return new Line(file, number, arrival(json), null);
        } catch (JsonProcessingException e) {
            return unreadable(bytes, json, "not JSON" + column(e.getLocation()));
        } catch (CharacterCodingException e) {
            return unreadable(bytes, json, "not UTF-8");
        } catch (InvalidRecordException e) {
            return unreadable(bytes, json, String.valueOf(e.getMessage()));
        }
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private Line unreadable(byte[] bytes, @Nullable JsonNode json, String problem) {
        String key = json == null ? null : key(json);
        return new Line(file, number, new Arrival(topic, key, new Arrival.Raw(bytes), time), problem);
    }

    private Arrival arrival(JsonNode json) {
        if (json.has("tombstone_at")) {
            String key = JsonRecords.text(json.path("key"), "key");
            String text = JsonRecords.text(json.get("tombstone_at"), "tombstone_at");
            try {
                return new Arrival(topic, key, new Arrival.Tombstone(), Times.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InvalidRecordException("tombstone_at: " + e.getMessage());
            }
        }
        Schema schema = topic.schema().orElseThrow();
        SpecificRecord record = JsonRecords.read(json, schema);
        return new Arrival(topic, key(json), new Arrival.Value(record), time);
    }

    /** The key that the contract asks for, as far as the line tells it. */
    private @Nullable String key(JsonNode json) {
        JsonNode key = switch (topic) {
            case ACCESS_EVENTS -> json.path("actor").path("id");
            case EMPLOYEE_LOCATIONS -> json.path("employee_id");
            case CONSENTS -> json.path("subject_id");
            case GATEWAYS -> json.path("gateway_id");
            case GATEWAY_PASSES -> json.path("pass_id");
            default -> throw new IllegalStateException("no scenario file is for " + topic);
        };
        return key.isTextual() ? key.textValue() : null;
    }

    /** The record's Kafka timestamp; that of the line before if it cannot be read. */
    private Instant timeOf(JsonNode json) {
        JsonNode value = json.path(json.has("tombstone_at") ? "tombstone_at" : timeField());
        if (!value.isTextual()) {
            return time;
        }
        try {
            return Times.parse(value.textValue());
        } catch (IllegalArgumentException e) {
            return time;
        }
    }

    private String timeField() {
        return switch (topic) {
            case ACCESS_EVENTS -> "occurred_at";
            case GATEWAY_PASSES -> "opened_at";
            default -> "recorded_at";
        };
    }

    /** Where Jackson stopped reading; it does not say so of every error (too deep, too long). */
    private static String column(@Nullable JsonLocation location) {
        return location == null ? " that can be read" : ", column " + location.getColumnNr();
    }

    private byte @Nullable [] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        while (b >= 0 && b != '\n') {
            line.write(b);
            b = in.read();
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
