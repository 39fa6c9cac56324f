package eu.cloverwatch.wire;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/**
 * Whether a writer means the same by its numbers as a reader. Avro's own resolution looks at the encoding only: it takes
 * microseconds for milliseconds, which moves a date of today 56,000 years ahead.
 *
 * <p>Where the reader's schema has a logical type, the writer's has the same, or none on the same type; a producer that wrote a
 * plain {@code long} is believed. Where the reader's has none, it takes the value as it is.
 */
final class LogicalTypeComparison {

    /** What Kafka Connect calls its types; Debezium says by these alone what a {@code long} means. */
    private static final String CONNECT_NAME = "connect.name";

    private static final Set<String> CONNECT_MILLIS =
            Set.of("io.debezium.time.Timestamp", "org.apache.kafka.connect.data.Timestamp");

    private final Set<Pair> seen = new HashSet<>();

    private record Pair(Schema writer, Schema reader) {}

    private LogicalTypeComparison() {}

    /**
     * The first field by whose type the two mean different things, with both types; null if there is none.
     *
     * @param writer compatible with {@code reader} by its encoding
     */
    static @Nullable String difference(Schema writer, Schema reader) {
        return new LogicalTypeComparison().compare(writer, reader, "");
    }

    private @Nullable String compare(Schema writer, Schema reader, String path) {
        if (!seen.add(new Pair(writer, reader))) {
            return null;
        }
        if (writer.isUnion()) {
            return first(writer.getTypes(), branch -> compare(branch, reader, path));
        }
        if (reader.isUnion()) {
            return compare(writer, branch(writer, reader), path);
        }
        return switch (reader.getType()) {
            case RECORD -> first(reader.getFields(), field -> compareField(writer, field, path));
            case ARRAY -> compare(writer.getElementType(), reader.getElementType(), path + "[]");
            case MAP -> compare(writer.getValueType(), reader.getValueType(), path + "{}");
            default -> compareMeaning(writer, reader, path);
        };
    }

    /** A field that the writer does not have has its default. */
    private @Nullable String compareField(Schema writer, Schema.Field field, String path) {
        Schema.Field written = SchemaCompatibility.lookupWriterField(writer, field);
        String name = path.isEmpty() ? field.name() : path + "." + field.name();
        return written == null ? null : compare(written.schema(), field.schema(), name);
    }

    /** The branch that Avro reads a value of this type into: of the same type, else one that it can be turned into. */
    private static Schema branch(Schema writer, Schema union) {
        List<Schema> readable = union.getTypes().stream()
                .filter(branch -> SchemaCompatibility.checkReaderWriterCompatibility(branch, writer)
                                .getType()
                        == SchemaCompatibilityType.COMPATIBLE)
                .toList();
        return readable.stream()
                .filter(branch -> branch.getType() == writer.getType())
                .findFirst()
                .orElseGet(() -> readable.get(0));
    }

    private static @Nullable String compareMeaning(Schema writer, Schema reader, String path) {
        LogicalType expected = reader.getLogicalType();
        if (expected == null) {
            return null;
        }
        String meaning = meaning(writer);
        boolean same = meaning == null ? writer.getType() == reader.getType() : meaning.equals(expected.getName());
        return same
                ? null
                : "expected " + expected.getName() + " at " + path + ", came "
                        + (meaning == null ? writer.getType().getName() : meaning);
    }

    /** Also a logical type that Avro does not know; null if the schema says nothing. */
    private static @Nullable String meaning(Schema writer) {
        String logical = writer.getProp(LogicalType.LOGICAL_TYPE_PROP);
        if (logical != null) {
            return logical;
        }
        String connect = writer.getProp(CONNECT_NAME);
        return connect != null && CONNECT_MILLIS.contains(connect) ? "timestamp-millis" : connect;
    }

    private interface Comparison<T> {
        @Nullable String of(T part);
    }

    private static <T> @Nullable String first(List<T> parts, Comparison<T> comparison) {
        for (T part : parts) {
            String difference = comparison.of(part);
            if (difference != null) {
                return difference;
            }
        }
        return null;
    }
}
