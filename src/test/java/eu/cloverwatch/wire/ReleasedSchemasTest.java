package eu.cloverwatch.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records that others wrote, or will write, with the last released schemas stay readable, in both directions. */
class ReleasedSchemasTest {

    private static final Path CURRENT = Path.of("schemas");
    private static final Path RELEASED = CURRENT.resolve("released");
    /** Written by the monitor alone, for which a symbol that a reader does not know is a change of the contract. */
    private static final Set<String> CLOSED_ENUMS = Set.of("ViolationStatus", "Verdict", "Severity", "IncidentStatus");

    @Test
    void everySchemaIsCompatibleWithTheLastReleasedOneInBothDirections() throws IOException {
        TreeMap<String, Schema> current = schemas(CURRENT);
        TreeMap<String, Schema> released = schemas(lastRelease());
        assertThat(released).isNotEmpty();
        assertThat(current.keySet()).containsAll(released.keySet());

        released.forEach((name, schema) -> assertThat(obstacles(requireNonNull(current.get(name)), schema))
                .as(name)
                .isEmpty());
    }

    @Test
    void everyTopicsSchemaIsThatOfItsFile() throws IOException {
        TreeMap<String, Schema> current = schemas(CURRENT);
        for (Topic topic : Topic.avro()) {
            Schema schema = topic.schema().orElseThrow();
            assertThat(current.get(schema.getName()))
                    .as(topic.name())
                    .hasToString(RegistrySchemas.request(schema).path("schema").asText());
        }
    }

    @Test
    void everyFieldIsDocumented() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Schema schema : schemas(CURRENT).values()) {
            walk(schema, named -> {
                if (isBlank(named.getDoc())) {
                    missing.add(named.getFullName());
                }
                if (named.getType() == Schema.Type.RECORD) {
                    named.getFields().stream()
                            .filter(field -> isBlank(field.doc()))
                            .forEach(field -> missing.add(named.getFullName() + "." + field.name()));
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void enumsThatProducersWriteHaveADefaultForSymbolsToCome() throws IOException {
        List<String> open = new ArrayList<>();
        for (Schema schema : schemas(CURRENT).values()) {
            walk(schema, named -> {
                if (named.getType() == Schema.Type.ENUM && !CLOSED_ENUMS.contains(named.getName())) {
                    assertThat(named.getEnumDefault()).as(named.getFullName()).isEqualTo("UNKNOWN");
                    open.add(named.getName());
                }
            });
        }
        assertThat(open).contains("Operation", "ActorType", "Protection", "LocationSource", "AgeBand", "GatewayStatus");
    }

    @Test
    void nullableFieldsHaveNullAsTheirDefault() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Schema schema : schemas(CURRENT).values()) {
            walk(schema, named -> {
                if (named.getType() == Schema.Type.RECORD) {
                    named.getFields().stream()
                            .filter(field -> field.schema().isNullable()
                                    && (!field.hasDefaultValue() || field.defaultVal() != JsonProperties.NULL_VALUE))
                            .forEach(field -> missing.add(named.getFullName() + "." + field.name()));
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void aFieldWithoutADefaultBreaksOldAndNewReaders() throws IOException {
        Schema schema = requireNonNull(schemas(CURRENT).get("EmployeeLocation"));
        String json = schema.toString();
        String field = "{\"name\":\"employee_id\"";
        Schema added = new Schema.Parser()
                .parse(json.replace(field, "{\"name\":\"badge\",\"type\":\"string\",\"doc\":\"x\"}," + field));
        Schema retyped = new Schema.Parser()
                .parse(json.replace(
                        "{\"name\":\"country\",\"type\":\"string\"", "{\"name\":\"country\",\"type\":\"int\""));
        assertThat(added).isNotEqualTo(schema);
        assertThat(retyped).isNotEqualTo(schema);

        assertThat(obstacles(added, schema)).singleElement().asString().startsWith("new reads old");
        assertThat(obstacles(schema, added)).singleElement().asString().startsWith("old reads new");
        assertThat(obstacles(retyped, schema)).hasSize(2);
    }

    private static List<String> obstacles(Schema current, Schema released) {
        List<String> obstacles = new ArrayList<>(unreadable("new reads old", current, released));
        obstacles.addAll(unreadable("old reads new", released, current));
        return obstacles;
    }

    private static List<String> unreadable(String direction, Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult()
                .getIncompatibilities()
                .stream()
                .map(i -> direction + ": " + i.getType() + " at " + i.getLocation())
                .toList();
    }

    private static Path lastRelease() throws IOException {
        try (Stream<Path> releases = Files.list(RELEASED)) {
            return releases.max(Comparator.comparing(ReleasedSchemasTest::version))
                    .orElseThrow();
        }
    }

    /** 0.10 is later than 0.9. */
    private static String version(Path release) {
        StringBuilder sortable = new StringBuilder();
        for (String part : release.getFileName().toString().split("\\.", -1)) {
            sortable.append("0".repeat(9 - part.length())).append(part).append('.');
        }
        return sortable.toString();
    }

    private static TreeMap<String, Schema> schemas(Path directory) throws IOException {
        TreeMap<String, Schema> schemas = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".avsc")).toList()) {
                Schema schema = new Schema.Parser().parse(file.toFile());
                schemas.put(schema.getName(), schema);
            }
        }
        return schemas;
    }

    private static boolean isBlank(@Nullable String doc) {
        return doc == null || doc.isBlank();
    }

    private static void walk(Schema schema, Consumer<Schema> visitor) {
        walk(schema, visitor, new HashSet<>());
    }

    private static void walk(Schema schema, Consumer<Schema> visitor, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    visitor.accept(schema);
                    schema.getFields().forEach(field -> walk(field.schema(), visitor, seen));
                }
            }
            case ENUM, FIXED -> visitor.accept(schema);
            case ARRAY -> walk(schema.getElementType(), visitor, seen);
            case MAP -> walk(schema.getValueType(), visitor, seen);
            case UNION -> schema.getTypes().forEach(branch -> walk(branch, visitor, seen));
            default -> {
                // nothing below
            }
        }
    }
}
