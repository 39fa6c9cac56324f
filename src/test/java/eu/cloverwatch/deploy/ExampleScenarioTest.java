package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.wire.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** The example is well-formed; that its verdicts are right is for the judge's own tests. */
class ExampleScenarioTest {

    private static final Map<String, Topic> FILES = Map.of(
            "access-events", Topic.ACCESS_EVENTS,
            "employee-locations", Topic.EMPLOYEE_LOCATIONS,
            "consents", Topic.CONSENTS,
            "gateways", Topic.GATEWAYS);

    private static final Set<String> RULES =
            Stream.of(Rule.values()).map(Rule::name).collect(Collectors.toSet());

    @Test
    void everyFieldIsOneOfTheSchemas() {
        FILES.forEach((file, topic) -> {
            Set<String> known = topic.schema().orElseThrow().getFields().stream()
                    .map(Schema.Field::name)
                    .collect(Collectors.toSet());
            for (JsonNode line : lines(file)) {
                Set<String> fields = new HashSet<>();
                line.fieldNames().forEachRemaining(fields::add);
                assertThat(known).as(file).containsAll(fields);
            }
        });
    }

    @Test
    void whatIsExpectedIsAboutItsEventsInOrder() {
        List<String> expected = lines("expected").stream()
                .map(line -> line.get("event_id").asText())
                .toList();

        assertThat(expected).isSorted().doesNotHaveDuplicates();
        assertThat(lines("access-events").stream()
                        .map(line -> line.get("event_id").asText()))
                .containsAll(expected);
        for (JsonNode line : lines("expected")) {
            line.get("rules").forEach(rule -> assertThat(RULES).contains(rule.asText()));
        }
    }

    @Test
    void thePolicyIsYaml() {
        YamlNode policy = YamlNode.parse(ProjectFiles.read("examples/scenario/policy.yaml"));

        assertThat(policy.items("region").map(YamlNode::text)).hasSize(32).contains("NO");
    }

    private static List<JsonNode> lines(String file) {
        return Stream.of(ProjectFiles.read("examples/scenario/" + file + ".ndjson")
                        .split("\n"))
                .map(ExampleScenarioTest::json)
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JsonMapper.builder().build().readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
