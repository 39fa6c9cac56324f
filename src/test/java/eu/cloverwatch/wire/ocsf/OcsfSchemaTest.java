package eu.cloverwatch.wire.ocsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import eu.cloverwatch.v1.ActorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules can say no: an attribute that is missing, unknown or of another type is found, by ours wherever by OCSF's own. */
class OcsfSchemaTest {

    private static final String UNKNOWN = "no_such_attribute";

    static Stream<Arguments> examples() {
        byte[] finding = DataSecurityFinding.of(Examples.violation(), Examples.PRODUCT);
        byte[] incident = IncidentFinding.of(
                Examples.incident(),
                ActorType.EMPLOYEE,
                Activity.CREATE,
                0,
                Examples.OPENED,
                Examples.OPENED,
                Examples.PRODUCT);
        return Stream.of(
                Arguments.of("finding", OcsfSchema.DATA_SECURITY_FINDING, finding),
                Arguments.of("incident", OcsfSchema.INCIDENT_FINDING, incident));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void anUnknownAttributeIsRefusedAnywhere(String name, OcsfSchema schema, byte[] event) {
        List<Broken> broken = broken(event).stream()
                .filter(one -> one.how().endsWith(UNKNOWN))
                .toList();

        assertThat(broken)
                .hasSizeGreaterThan(8)
                .allSatisfy(one -> assertThat(schema.problemsByOurRules(one.event()))
                        .as(one.how())
                        .isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void anAttributeOfAnotherTypeIsRefusedAnywhere(String name, OcsfSchema schema, byte[] event) {
        List<Broken> broken = broken(event).stream()
                .filter(one -> one.how().endsWith("another type"))
                .toList();

        assertThat(broken)
                .hasSizeGreaterThan(40)
                .allSatisfy(one -> assertThat(schema.problemsByOurRules(one.event()))
                        .as(one.how())
                        .isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void whatIsAlwaysThereMayNotBeMissing(String name, OcsfSchema schema, byte[] event) {
        List<String> required = List.of(
                "/category_uid missing",
                "/class_uid missing",
                "/activity_id missing",
                "/type_uid missing",
                "/severity_id missing",
                "/status_id missing",
                "/time missing",
                "/metadata missing",
                "/metadata/version missing",
                "/metadata/product missing",
                "/metadata/product/name missing",
                "/actor missing");

        assertThat(broken(event).stream().filter(one -> required.contains(one.how())))
                .hasSameSizeAs(required)
                .allSatisfy(one -> assertThat(schema.problemsByOurRules(one.event()))
                        .as(one.how())
                        .isNotEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void ourRulesRefuseWhateverTheFullSchemaRefuses(String name, OcsfSchema schema, byte[] event) {
        assumeTrue(schema.isFull(), "OCSF's own schema is not here");
        List<Broken> refused = broken(event).stream()
                .filter(one -> !schema.problemsByTheFullSchema(one.event()).isEmpty())
                .toList();

        assertThat(refused)
                .as("the full schema can say no")
                .hasSizeGreaterThan(60)
                .allSatisfy(one -> assertThat(schema.problemsByOurRules(one.event()))
                        .as(one.how())
                        .isNotEmpty());
    }

    /** @param how what is different from a valid event, for messages */
    private record Broken(String how, JsonNode event) {}

    /** The event with one thing broken: each attribute missing or of another type, and an unknown one in each object. */
    private static List<Broken> broken(byte[] event) {
        List<Broken> broken = new ArrayList<>();
        JsonNode valid = OcsfSchema.parse(event);
        for (String path : objects("", valid, new ArrayList<>())) {
            broken.add(change(valid, path, path + "/" + UNKNOWN, object -> object.put(UNKNOWN, 1)));
            for (Map.Entry<String, JsonNode> field : valid.at(path).properties()) {
                String at = path + "/" + field.getKey();
                broken.add(change(valid, path, at + " missing", object -> object.remove(field.getKey())));
                broken.add(change(valid, path, at + " of another type", object -> {
                    ArrayNode list = object.putArray(field.getKey());
                    list.addArray().add(field.getValue());
                }));
            }
        }
        return broken;
    }

    private static Broken change(JsonNode valid, String path, String how, Consumer<ObjectNode> change) {
        JsonNode copy = valid.deepCopy();
        change.accept((ObjectNode) copy.at(path));
        return new Broken(how, copy);
    }

    private static List<String> objects(String path, JsonNode node, List<String> found) {
        if (node.isObject()) {
            found.add(path);
            node.properties().forEach(field -> objects(path + "/" + field.getKey(), field.getValue(), found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                objects(path + "/" + i, node.get(i), found);
            }
        }
        return found;
    }
}
