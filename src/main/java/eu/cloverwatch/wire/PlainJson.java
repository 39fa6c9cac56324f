package eu.cloverwatch.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as {@link JsonRecords} reads them: schema field names, unions without a type wrapper, times as ISO 8601 in UTC.
 * Bytes, which no input has, are lower-case hexadecimal digits.
 */
public final class PlainJson {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int HIGHEST_PRINTABLE = '~';

    private PlainJson() {}

    /** A record as a line of a scenario directory, without the end of the line. */
    public static String line(IndexedRecord fields) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = generator(line)) {
            record(json, fields);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be written", e);
        }
        return line.toString();
    }

    /** Does not close the writer, and puts nothing between two values. */
    public static JsonGenerator generator(Writer writer) throws IOException {
        return FACTORY.createGenerator(writer)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .setRootValueSeparator(null);
    }

    /**
     * The same of characters that cannot do anything to a terminal, whatever its encoding: what is not printable ASCII is written
     * as JSON's escape of it.
     */
    public static JsonGenerator printableGenerator(Writer writer) throws IOException {
        return generator(writer).setHighestNonEscapedChar(HIGHEST_PRINTABLE);
    }

    /** Records, times, texts, numbers, bytes, enums, and maps and lists of such. */
    public static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof IndexedRecord fields) {
            record(json, fields);
        } else if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(entry.getKey().toString());
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> elements) {
            json.writeStartArray();
            for (Object element : elements) {
                write(json, element);
            }
            json.writeEndArray();
        } else {
            scalar(json, value);
        }
    }

    private static void record(JsonGenerator json, IndexedRecord fields) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : fields.getSchema().getFields()) {
            json.writeFieldName(field.name());
            write(json, fields.get(field.pos()));
        }
        json.writeEndObject();
    }

    private static void scalar(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNull();
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Instant || value instanceof CharSequence || value instanceof Enum<?>) {
            json.writeString(value.toString());
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            json.writeString(HexFormat.of().formatHex(copy));
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass());
        }
    }
}
