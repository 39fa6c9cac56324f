package eu.cloverwatch.demo;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/** What a new version of a subject must be able to do, as Confluent's documentation names it. */
enum CompatibilityLevel {
    NONE(false, false, false),
    BACKWARD(true, false, false),
    BACKWARD_TRANSITIVE(true, false, true),
    FORWARD(false, true, false),
    FORWARD_TRANSITIVE(false, true, true),
    FULL(true, true, false),
    FULL_TRANSITIVE(true, true, true);

    private final boolean readsOlder;
    private final boolean readByOlder;
    private final boolean transitive;

    CompatibilityLevel(boolean readsOlder, boolean readByOlder, boolean transitive) {
        this.readsOlder = readsOlder;
        this.readByOlder = readByOlder;
        this.transitive = transitive;
    }

    static CompatibilityLevel of(String name) {
        for (CompatibilityLevel level : values()) {
            if (level.name().equals(name)) {
                return level;
            }
        }
        throw new RegistryFault(42203, "Invalid compatibility level. Valid values are " + List.of(values()) + ".");
    }

    /**
     * What is in the way of a new version.
     *
     * @param earlier the versions so far, oldest first
     * @return empty: nothing
     */
    List<String> obstacles(Schema schema, List<Schema> earlier) {
        List<Schema> compared = transitive || earlier.isEmpty() ? earlier : List.of(earlier.get(earlier.size() - 1));
        List<String> obstacles = new ArrayList<>();
        for (Schema old : compared) {
            if (readsOlder) {
                obstacles.addAll(unreadable(schema, old));
            }
            if (readByOlder) {
                obstacles.addAll(unreadable(old, schema));
            }
        }
        return obstacles;
    }

    private static List<String> unreadable(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(i -> i.getType() + " at " + i.getLocation() + ": " + i.getMessage())
                .toList();
    }
}
