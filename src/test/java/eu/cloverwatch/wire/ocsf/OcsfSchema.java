package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an event of a class must be: our own rules, which are here always, and the class's schema as OCSF has it, where the
 * shared directory is.
 */
public final class OcsfSchema {

    public static final OcsfSchema DATA_SECURITY_FINDING = new OcsfSchema("data_security_finding");
    public static final OcsfSchema INCIDENT_FINDING = new OcsfSchema("incident_finding");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Schema rules;
    private final Optional<Schema> full;

    private OcsfSchema(String name) {
        rules = schema(Path.of("src", "test", "resources", "ocsf", name + ".rules.json"));
        Path shared = Path.of(System.getProperty("cloverwatch.shared", ""), "data", "ocsf", name + ".schema.json");
        full = Files.isRegularFile(shared) ? Optional.of(schema(shared)) : Optional.empty();
    }

    private static Schema schema(Path file) {
        try {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new ObjectMapper().readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the class's own schema is here. */
    boolean isFull() {
        return full.isPresent();
    }

    /** What is wrong with it by our rules. */
    List<String> problemsByOurRules(JsonNode event) {
        return problems(rules, event);
    }

    /** What is wrong with it by the class's own schema; nothing where that is not here. */
    List<String> problemsByTheFullSchema(JsonNode event) {
        return full.map(schema -> problems(schema, event)).orElse(List.of());
    }

    /** What is wrong with it by either. */
    public List<String> problems(byte[] event) {
        JsonNode json = parse(event);
        List<String> problems = new ArrayList<>(problemsByOurRules(json));
        problems.addAll(problemsByTheFullSchema(json));
        return problems;
    }

    static JsonNode parse(byte[] event) {
        try {
            return JSON.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problems(Schema schema, JsonNode event) {
        return schema.validate(event).stream().map(Error::toString).toList();
    }
}
