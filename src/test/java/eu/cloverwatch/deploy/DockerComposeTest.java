package eu.cloverwatch.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.topics.TopicSpec;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerComposeTest {

    private static final String SECRETS = "/etc/cloverwatch/secrets";

    private final ComposeFile compose = new ComposeFile();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"monitor", "feeder"})
    void theProgramKnowsEverySettingOfItsServices(String service) throws IOException {
        Configuration configuration = configuration(service);

        assertThat(configuration.requireBootstrapServers()).isEqualTo("kafka:19092");
        RegistrySettings registry = RegistrySettings.from(configuration.schemaRegistry());
        assertThat(registry.urls()).containsExactly(URI.create("http://registry:8081"));
        assertThat(registry.serde()).isEqualTo(RegistrySettings.Serde.CONFLUENT);
    }

    @Test
    void theKeyForPseudonymsIsMadeOnceAndTheMonitorReadsIt() throws IOException {
        YamlNode script = compose.service("pseudonym-key").at("command", 0);
        ComposeFile.run(script, SECRETS, directory.toString(), Map.of());
        String made = Files.readString(directory.resolve("pseudonym-key"));

        ComposeFile.run(script, SECRETS, directory.toString(), Map.of());

        assertThat(directory.resolve("pseudonym-key")).hasContent(made);
        assertThat(configuration("monitor").requirePseudonymKey()).hasSize(32);
        assertThat(configuration("feeder").pseudonymKey()).isEmpty();
    }

    @Test
    void portsAndVolumesAreTheProgramsOwn() throws IOException {
        YamlNode monitor = compose.service("monitor");
        String port = Integer.toString(configuration("monitor").httpPort());

        assertThat(monitor.at("ports", 0).text()).endsWith(":" + port);
        assertThat(monitor.at("healthcheck", "test", 3).text()).isEqualTo("http://localhost:" + port + "/health");
        assertThat(monitor.items("volumes").map(volume -> ComposeFile.part(volume, 1)))
                .containsExactly(configuration("monitor").stateDir().toString(), SECRETS);
    }

    @Test
    void nothingIsReachableFromOutsideTheMachine() {
        assertThat(compose.services().values().stream()
                        .flatMap(service -> service.items("ports"))
                        .map(YamlNode::text))
                .isNotEmpty()
                .allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void aServiceWaitsOnlyForWhatCanComeTrue() {
        compose.services()
                .forEach((name, service) -> service.entries("depends_on").forEach((other, how) -> {
                    YamlNode awaited = compose.service(other);
                    if (how.at("condition").text().equals("service_healthy")) {
                        assertThat(awaited.has("healthcheck"))
                                .as(name + " awaits " + other)
                                .isTrue();
                    } else {
                        assertThat(how.at("condition").text()).isEqualTo("service_completed_successfully");
                        assertThat(awaited.has("restart"))
                                .as(name + " awaits " + other)
                                .isFalse();
                    }
                }));
    }

    @Test
    void everyVolumeIsDeclaredOrADirectoryHere() {
        assertThat(compose.services().values().stream()
                        .flatMap(service -> service.items("volumes"))
                        .map(volume -> ComposeFile.part(volume, 0)))
                .isNotEmpty()
                .allMatch(source ->
                        compose.root().entries("volumes").containsKey(source) || ComposeFile.isDirectory(source));
    }

    @Test
    void thereIsNoTopLevelNameWhichOldComposeRefuses() {
        assertThat(compose.root().has("name")).isFalse();
    }

    @Test
    void theBrokerKnowsEveryOneOfItsSettings() {
        Map<String, String> settings = new HashMap<>();
        compose.environment("kafka").forEach((name, value) -> {
            if (name.startsWith("KAFKA_")) {
                settings.put(
                        name.substring("KAFKA_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '.'),
                        value);
            }
        });

        assertThat(AbstractKafkaConfig.CONFIG_DEF.names()).containsAll(settings.keySet());
        Map<String, Object> parsed = AbstractKafkaConfig.CONFIG_DEF.parse(settings);
        assertThat(parsed.get("advertised.listeners").toString()).contains("kafka:19092", "localhost:9092");
        String id = compose.environment("kafka").get("CLUSTER_ID");
        assertThat(Uuid.fromString(id)).hasToString(id);
        assertThat(compose.service("kafka").at("image").text())
                .isEqualTo("apache/kafka:" + ProjectFiles.pom("kafka.version"));
    }

    @Test
    void theTopicsFitOneBrokerAndKeepAnExampleThatLiesInThePast() throws IOException {
        assertThat(compose.service("topics").items("command").map(YamlNode::text))
                .containsExactly("topics", "apply", "--config", "/etc/cloverwatch/cloverwatch.properties");

        List<TopicSpec> topics = TopicSpec.all(configuration("topics"));

        Configuration names = configuration("monitor");
        assertThat(topics)
                .extracting(TopicSpec::name)
                .containsExactlyElementsOf(
                        Stream.of(Topic.values()).map(names::topicName).toList());
        assertThat(topics).allSatisfy(topic -> {
            assertThat(topic.replicas()).isEqualTo(1);
            assertThat(topic.settings()).containsEntry("min.insync.replicas", "1");
        });
        assertThat(topics)
                .filteredOn(topic -> topic.topic() == Topic.ACCESS_EVENTS)
                .singleElement()
                .satisfies(events -> assertThat(events.settings()).containsEntry("retention.ms", "-1"));
    }

    private Configuration configuration(String service) throws IOException {
        Map<String, String> environment = new HashMap<>(new DockerImage().environment());
        compose.environment(service)
                .forEach((name, value) -> environment.put(name, value.replace(SECRETS, directory.toString())));
        if (!Files.exists(directory.resolve("pseudonym-key"))) {
            Files.writeString(directory.resolve("pseudonym-key"), "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
        }
        return Configuration.load(Path.of("docker/cloverwatch.properties"), environment, Map.of());
    }
}
