package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.topics.TopicSpec;
import eu.cloverwatch.topology.Rejects;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The description for AsyncAPI tools says what the code, the schemas and the pages say. */
class AsyncApiTest {

    private static final Path FILE = Path.of("docs", "asyncapi.yaml");
    private static final YamlNode API = YamlNode.parse(ProjectFiles.read(FILE.toString()));
    private static final List<TopicSpec> SPECS = TopicSpec.all(Configuration.load(
            null,
            Map.of(),
            Map.of("kafka.bootstrap.servers", "broker:9092", "schema.registry.url", "http://registry")));
    private static final String CLOUD_EVENTS = "src/main/java/eu/cloverwatch/topology/CloudEvents.java";

    @Test
    void everyTopicIsOneChannel() {
        assertThat(API.at("asyncapi").text()).isEqualTo("3.0.0");
        assertThat(API.entries("channels").values().stream()
                        .map(channel -> channel.at("address").text()))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Topic.values()).map(Topic::defaultName).toList());
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void theMessagesOfATopicHaveItsSchema(Topic topic) {
        YamlNode payload = message(topic).at("payload");
        if (topic.schema().isEmpty()) {
            assertThat(payload.has("schemaFormat")).isFalse();
            return;
        }
        assertThat(payload.at("schemaFormat").text()).isEqualTo("application/vnd.apache.avro;version=1.9.0");
        String file = payload.at("schema", "$ref").text();
        Schema schema = new Schema.Parser()
                .parse(ProjectFiles.read(FILE.resolveSibling(file).toString()));
        assertThat(schema.getFullName()).isEqualTo(topic.schema().get().getFullName());
        assertThat(schema.getDoc())
                .contains("Topic " + topic.shortName() + ", key: "
                        + message(topic)
                                .at("bindings", "kafka", "key", "description")
                                .text() + ".");
    }

    @Test
    void topicsAreAsTheyShouldBe() {
        assertThat(SPECS).hasSize(Topic.values().length).allSatisfy(spec -> {
            YamlNode kafka = channel(spec.topic()).at("bindings", "kafka");
            YamlNode settings = kafka.at("topicConfiguration");
            assertThat(settings.at("cleanup.policy").value())
                    .isEqualTo(List.of(
                            spec.settings().getOrDefault("cleanup.policy", "").split(",")));
            assertThat(settings.has("max.message.bytes"))
                    .isEqualTo(spec.settings().containsKey("max.message.bytes"));
            assertThat(kafka.has("partitions")).isEqualTo(spec.topic() == Topic.POLICIES);
        });
    }

    @Test
    void headersAreThoseThatAreWritten() {
        assertThat(headers(Topic.REJECTS))
                .containsExactlyInAnyOrder(
                        Rejects.REASON,
                        Rejects.TOPIC,
                        Rejects.PARTITION,
                        Rejects.OFFSET,
                        Rejects.TIMESTAMP,
                        Rejects.OMITTED_BYTES);
        Set<String> written = Pattern.compile("add\\(headers, \"([^\"]+)\"")
                .matcher(ProjectFiles.read(CLOUD_EVENTS))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(headers(Topic.VIOLATIONS)).isEqualTo(written).hasSize(7);
        assertThat(headers(Topic.FINDINGS_OCSF)).containsExactly("content-type");
        assertThat(headers(Topic.INCIDENTS_OCSF)).containsExactly("content-type");
    }

    @Test
    void whatTheMonitorReadsAndWritesIsAnOperationOfItsOwn() {
        assertThat(operations("monitor", "send"))
                .containsExactlyInAnyOrder(names(
                        Topic.VIOLATIONS,
                        Topic.FINDINGS_OCSF,
                        Topic.INCIDENTS,
                        Topic.INCIDENTS_OCSF,
                        Topic.LEDGER,
                        Topic.REJECTS));
        assertThat(operations("monitor", "receive"))
                .containsExactlyInAnyOrder(names(
                        Topic.ACCESS_EVENTS, Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.POLICIES));
        assertThat(operations("partner", "send")).containsExactlyInAnyOrder(names(Topic.GATEWAYS, Topic.POLICIES));
        assertThat(operations("soc", "send")).isEmpty();
        assertThat(operations("soc", "receive"))
                .containsExactlyInAnyOrder(
                        names(Topic.VIOLATIONS, Topic.FINDINGS_OCSF, Topic.INCIDENTS, Topic.INCIDENTS_OCSF));
    }

    @Test
    void noReferenceLeadsNowhere() {
        TreeSet<String> references = new TreeSet<>();
        references(API.value(), references::add);
        assertThat(references).hasSizeGreaterThan(30).allSatisfy(reference -> {
            if (reference.startsWith("#/")) {
                API.at((Object[]) reference.substring(2).split("/"));
            } else {
                assertThat(FILE.resolveSibling(reference)).isRegularFile();
            }
        });
    }

    private static void references(Object value, Consumer<String> sink) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, child) -> {
                if (key.equals("$ref")) {
                    sink.accept((String) child);
                } else {
                    references(child, sink);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(child -> references(child, sink));
        }
    }

    private static YamlNode channel(Topic topic) {
        return API.entries("channels").values().stream()
                .filter(channel -> channel.at("address").text().equals(topic.defaultName()))
                .findFirst()
                .orElseThrow();
    }

    private static YamlNode message(Topic topic) {
        Map<String, YamlNode> messages = channel(topic).entries("messages");
        assertThat(messages).hasSize(1);
        return resolve(messages.values().iterator().next());
    }

    private static YamlNode resolve(YamlNode node) {
        return API.at((Object[]) node.at("$ref").text().substring(2).split("/"));
    }

    private static Set<String> headers(Topic topic) {
        return resolve(message(topic).at("headers")).entries("properties").keySet();
    }

    private static Set<String> operations(String role, String action) {
        return API.entries("operations").values().stream()
                .filter(operation -> operation.at("tags", 0, "name").text().equals(role))
                .filter(operation -> operation.at("action").text().equals(action))
                .map(operation -> resolve(operation.at("channel")).at("address").text())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String[] names(Topic... topics) {
        return Arrays.stream(topics).map(Topic::defaultName).toArray(String[]::new);
    }
}
