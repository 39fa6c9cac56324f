package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationTest {

    private static final String KEY_OF_32_BYTES = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    Path directory;

    @Test
    void everythingHasADefaultButTheClusterAndThePseudonymKey() {
        Configuration none = Configuration.load(null, Map.of(), Map.of());

        assertThat(none.applicationId()).isEqualTo("cloverwatch");
        assertThat(none.lookback()).isEqualTo(Duration.ofDays(7));
        assertThat(none.stateDir()).isEqualTo(Path.of("/var/lib/cloverwatch"));
        assertThat(none.httpHost()).isEqualTo("127.0.0.1");
        assertThat(none.httpPort()).isEqualTo(8080);
        assertThat(none.pseudonymKeyId()).isEqualTo("k1");
        assertThat(none.topicName(Topic.ACCESS_EVENTS)).isEqualTo("cloverwatch.access-events.v1");
        assertThatThrownBy(none::requireBootstrapServers)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("kafka.bootstrap.servers", "CLOVERWATCH_KAFKA_BOOTSTRAP_SERVERS");
        assertThatThrownBy(none::requirePseudonymKey)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("cloverwatch.pseudonym.key", "base64", "CLOVERWATCH_PSEUDONYM_KEY");
    }

    @Test
    void flagsWinOverTheEnvironmentAndThatOverTheFile() {
        Path file = file("cloverwatch.lookback=P1D", "cloverwatch.http.port=1", "cloverwatch.http.host=0.0.0.0");

        Configuration configuration = Configuration.load(
                file,
                Map.of("CLOVERWATCH_LOOKBACK", "P2D", "CLOVERWATCH_HTTP_PORT", "2", "PATH", "/bin"),
                Map.of("cloverwatch.lookback", "P3D"));

        assertThat(configuration.lookback()).isEqualTo(Duration.ofDays(3));
        assertThat(configuration.httpPort()).isEqualTo(2);
        assertThat(configuration.httpHost()).isEqualTo("0.0.0.0");
    }

    @Test
    void keysOfKafkaStreamsAndTheRegistryArePassedThroughAsTheyAre() {
        Path file = file("kafka.bootstrap.servers = a:9092, b:9092", "streams.num.standby.replicas=1");

        Configuration configuration = Configuration.load(
                file,
                Map.of(
                        "CLOVERWATCH_KAFKA_SECURITY_PROTOCOL", "SSL",
                        "CLOVERWATCH_STREAMS_NUM_STREAM_THREADS", "2",
                        "CLOVERWATCH_SCHEMA_REGISTRY_URL", "http://registry:8081"),
                Map.of());

        assertThat(configuration.requireBootstrapServers()).isEqualTo("a:9092, b:9092");
        assertThat(configuration.kafka())
                .isEqualTo(Map.of("bootstrap.servers", "a:9092, b:9092", "security.protocol", "SSL"));
        assertThat(configuration.streams()).isEqualTo(Map.of("num.standby.replicas", "1", "num.stream.threads", "2"));
        assertThat(configuration.schemaRegistry()).isEqualTo(Map.of("schema.registry.url", "http://registry:8081"));
    }

    @Test
    void topicsAreRenamedAllByThePrefixOrOneByOne() {
        Configuration configuration = Configuration.load(
                file("cloverwatch.topics.prefix=eu-", "cloverwatch.topic.access-events=audit"),
                Map.of("CLOVERWATCH_TOPIC_FINDINGS_OCSF", "soc.findings"),
                Map.of());

        assertThat(configuration.topicName(Topic.ACCESS_EVENTS)).isEqualTo("audit");
        assertThat(configuration.topicName(Topic.FINDINGS_OCSF)).isEqualTo("soc.findings");
        assertThat(configuration.topicName(Topic.GATEWAYS)).isEqualTo("eu-gateways.v1");
    }

    @Test
    void twoTopicsOfOneNameAreRefused() {
        assertRefused("cloverwatch.topic.violations=cloverwatch.incidents.v1")
                .hasMessageContainingAll(
                        "cloverwatch.topic.violations", "cloverwatch.topic.incidents", "cloverwatch.incidents.v1");
    }

    @Test
    void aMisspeltKeyInTheFileIsRefusedWithItsLineAndWhatItMayMean() {
        Path file = file("# comment \\", "", "kafka.a = \\", "  b", "cloverwatch.lokback=P1D");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":5: unknown key cloverwatch.lokback; did you mean cloverwatch.lookback?");
    }

    @Test
    void aMisspeltVariableIsRefusedByItsName() {
        assertThatThrownBy(() -> Configuration.load(null, Map.of("CLOVERWATCH_HTTP_PROT", "1"), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("environment variable CLOVERWATCH_HTTP_PROT: unknown key cloverwatch.http.prot;"
                        + " did you mean CLOVERWATCH_HTTP_PORT?");
    }

    @Test
    void aMisspeltFlagIsRefused() {
        assertThatThrownBy(() -> Configuration.load(null, Map.of(), Map.of("cloverwatch.hostname", "1")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("command line: unknown key cloverwatch.hostname");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap.servers=a:1", "kafka.=x", "kafka=x", "Cloverwatch.lookback=P1D", "word"})
    void aKeyOfNobodyIsRefused(String line) {
        assertRefused(line).hasMessageContaining("kafka., streams., schema.registry. or cloverwatch.");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.group.id, cloverwatch.application.id",
        "kafka.value.deserializer, the contract",
        "kafka.enable.auto.commit, exactly once",
        "kafka.isolation.level, committed",
        "kafka.acks, replicas",
        "kafka.auto.offset.reset, earliest",
        "kafka.group.instance.id, streams.group.instance.id",
        "streams.application.id, cloverwatch.application.id",
        "streams.bootstrap.servers, kafka.bootstrap.servers",
        "streams.state.dir, cloverwatch.state.dir",
        "streams.processing.guarantee, exactly once",
        "streams.auto.offset.reset, earliest",
        "streams.consumer.isolation.level, committed",
        "streams.main.consumer.group.id, cloverwatch.application.id",
        "streams.global.consumer.auto.offset.reset, earliest",
        "streams.restore.consumer.bootstrap.servers, kafka.bootstrap.servers",
        "streams.producer.transactional.id, exactly once",
        "streams.admin.client.id, cloverwatch.application.id",
    })
    void aKeyThatPromisesStandOnIsRefusedWithTheReason(String key, String reason) {
        assertRefused(key + "=x").hasMessageContainingAll(":1: " + key + " must not be set: ", reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cloverwatch.application.id|a b|letters",
                "cloverwatch.application.id||letters",
                "cloverwatch.lookback|7 days|ISO-8601",
                "cloverwatch.lookback|PT0S|ISO-8601",
                "cloverwatch.lookback|-P7D|ISO-8601",
                "cloverwatch.lookback|P99999D|ISO-8601",
                "cloverwatch.state.dir||a directory",
                "cloverwatch.http.host|localhost:80|without port",
                "cloverwatch.http.port|65536|0 to 65535",
                "cloverwatch.http.port|-1|0 to 65535",
                "cloverwatch.http.port|http|0 to 65535",
                "cloverwatch.pseudonym.key.id|k:1|letters",
                "cloverwatch.topics.prefix|eu/|letters",
                "cloverwatch.topic.gateways|..|a topic name",
                "kafka.bootstrap.servers|broker|host:port",
                "kafka.bootstrap.servers|a:1,b|host:port",
            })
    void aValueThatIsNotValidIsRefusedWithWhatWasExpected(String key, String value, String expected) {
        String written = value == null ? "" : value;

        assertRefused(key + "=" + written)
                .hasMessageContainingAll(":1: " + key + ": expected ", expected, "got '" + written + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base64 at all, but long enough for anybody"})
    void aPseudonymKeyThatIsTooWeakIsRefusedWithoutBeingShown(String value) {
        assertRefused("cloverwatch.pseudonym.key=" + value)
                .hasMessageContaining("at least 32 bytes in base64")
                .hasMessageNotContaining(value)
                .hasNoCause();
    }

    @Test
    void aKeySetTwiceIsRefusedWithBothLines() {
        Path file = file("cloverwatch.lookback=P1D", "kafka.a=1", "cloverwatch.lookback : P2D");

        assertThatThrownBy(() -> Configuration.load(file, Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(file + ":3: cloverwatch.lookback is set twice; first at " + file + ":1");
    }

    @Test
    void theFileIsReadAsPropertiesAre() {
        Configuration configuration = Configuration.load(
                file(
                        "! comment",
                        "  kafka.continued : one,\\",
                        "      #two   ",
                        "kafka.backslash = C:\\\\",
                        "kafka.accent \\u00e9\u00fc",
                        "cloverwatch.http.port=7\t"),
                Map.of(),
                Map.of());

        assertThat(configuration.kafka())
                .isEqualTo(Map.of("continued", "one,#two", "backslash", "C:\\", "accent", "\u00e9\u00fc"));
        assertThat(configuration.httpPort()).isEqualTo(7);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() throws IOException {
        Path latin1 = Files.write(directory.resolve("latin1.properties"), new byte[] {'k', '=', (byte) 0xe9});
        Path missing = directory.resolve("missing.properties");

        assertThatThrownBy(() -> Configuration.load(missing, Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(missing + ": there is no such file");
        assertThatThrownBy(() -> Configuration.load(latin1, Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(latin1.toString(), "UTF-8");
        assertRefused("kafka.x=\\u00g0").hasMessageContainingAll(":1: ", "hexadecimal");
    }

    @Test
    void secretsComeFromFilesWithoutTheirLastLineBreak() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), KEY_OF_32_BYTES + "\r\n");
        Path password = Files.writeString(directory.resolve("password"), "p$1\\${file:/x}\n\n");

        Configuration configuration = Configuration.load(
                file("kafka.sasl.jaas.config=Login user=\"u\" password=\"${file:" + password + "}\" again ${file:" + key
                        + "};"),
                Map.of("CLOVERWATCH_PSEUDONYM_KEY", "${file:" + key + "}"),
                Map.of());

        assertThat(configuration.requirePseudonymKey())
                .isEqualTo(Base64.getDecoder().decode(KEY_OF_32_BYTES));
        assertThat(configuration.kafka())
                .containsEntry(
                        "sasl.jaas.config",
                        "Login user=\"u\" password=\"p$1\\${file:/x}\n\" again " + KEY_OF_32_BYTES + ";");
    }

    @Test
    void aSecretThatCannotBeReadIsRefusedWithItsKeyAndPath() {
        assertRefused("kafka.ssl.key.password=${file:/no/such/file}")
                .hasMessageContainingAll(":1: kafka.ssl.key.password: ", "/no/such/file");
        assertRefused("kafka.ssl.key.password=${file:secret}").hasMessageContainingAll("absolute path", "'secret'");
        assertRefused("kafka.ssl.key.password=${file:/secret").hasMessageContaining("expected '}'");
    }

    @Test
    void whatIsPrintedHoldsNoSecret() throws IOException {
        Path password = Files.writeString(directory.resolve("password"), "hunter2");
        Configuration configuration = Configuration.load(
                file(
                        "cloverwatch.pseudonym.key=" + KEY_OF_32_BYTES,
                        "cloverwatch.pseudonym.key.id=k7",
                        "kafka.sasl.jaas.config=hunter2",
                        "kafka.ssl.truststore.password=${file:" + password + "}",
                        "kafka.security.protocol=SASL_SSL",
                        "schema.registry.basic.auth.user.info=me:hunter2",
                        "schema.registry.url=https://me:hunter2@registry",
                        "streams.some.option=password=hunter2"),
                Map.of("CLOVERWATCH_SCHEMA_REGISTRY_BEARER_AUTH_TOKEN", "hunter2"),
                Map.of());

        assertThat(configuration.effective())
                .containsEntry("cloverwatch.lookback", "P7D")
                .containsEntry("cloverwatch.topic.access-events", "cloverwatch.access-events.v1")
                .containsEntry("cloverwatch.pseudonym.key.id", "k7")
                .containsEntry("cloverwatch.pseudonym.key", "[hidden]")
                .containsEntry("kafka.security.protocol", "SASL_SSL")
                .containsEntry("kafka.ssl.truststore.password", "${file:" + password + "}")
                .containsEntry("schema.registry.bearer.auth.token", "[hidden]");
        assertThat(configuration.effective().toString()).doesNotContain("hunter2", KEY_OF_32_BYTES);
        assertThat(configuration.toString()).doesNotContain("hunter2", KEY_OF_32_BYTES, "SASL_SSL");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String line) {
        return assertThatThrownBy(() -> Configuration.load(file(line), Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class);
    }

    private Path file(String... lines) {
        try {
            return Files.write(directory.resolve("cloverwatch.properties"), Arrays.asList(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
