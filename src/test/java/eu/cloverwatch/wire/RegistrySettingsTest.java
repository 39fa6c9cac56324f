package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySettingsTest {

    private static RegistrySettings settings(String... keysAndValues) {
        Map<String, String> keys = new HashMap<>(Map.of("schema.registry.url", "http://registry:8081"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return RegistrySettings.from(keys);
    }

    @Test
    void defaultsHold() {
        RegistrySettings settings = settings();
        assertThat(settings.serde()).isEqualTo(RegistrySettings.Serde.BUILTIN);
        assertThat(settings.requestTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.retryTimeout()).contains(Duration.ofSeconds(30));
        assertThat(settings.waitingUntilClosed().retryTimeout()).isEmpty();
        assertThat(settings.authorization()).isEmpty();
    }

    @Test
    void keysOfOthersAreLeftAlone() {
        assertThat(settings("kafka.bootstrap.servers", "x:1", "cloverwatch.lookback", "P7D"))
                .isEqualTo(settings());
    }

    @Test
    void severalAddressesWithPathsAreRead() {
        assertThat(settings("schema.registry.url", "http://a:1/apis/ccompat/v7/ , https://b/")
                        .urls())
                .containsExactly(URI.create("http://a:1/apis/ccompat/v7"), URI.create("https://b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schema.registry.ulr | x | unknown key",
                "schema.registry.basic.auth.credentials.source | USER_INFO | schema.registry.serde=confluent",
                "schema.registry.url | ftp://a | http(s)://host",
                "schema.registry.url | a:8081 | http(s)://host",
                "schema.registry.url | http://a b | http(s)://host",
                "schema.registry.url | , | at least one address",
                "schema.registry.url | '' | missing",
                "schema.registry.url | http://u:p@a | schema.registry.basic.auth.user.info",
                "schema.registry.serde | avro | builtin or confluent",
                "schema.registry.request.timeout.ms | 0 | milliseconds",
                "schema.registry.retry.timeout.ms | 5s | milliseconds",
                "schema.registry.basic.auth.user.info | hunter2 | without a colon",
            })
    void aWrongValueIsNamedWithItsKey(String key, String value, String part) {
        assertThatThrownBy(() -> settings(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(key + ": ")
                .hasMessageContaining(part)
                .hasMessageNotContaining("hunter2")
                .hasMessageNotContaining("u:p@");
    }

    @Test
    void twoKindsOfCredentialsAreTooMany() {
        assertThatThrownBy(() -> settings(
                        "schema.registry.basic.auth.user.info", "u:p", "schema.registry.bearer.auth.token", "t"))
                .hasMessageContaining("came both");
    }

    @Test
    void secretsAreNotShown() {
        RegistrySettings settings = settings(
                "schema.registry.basic.auth.user.info", "u:hunter2",
                "schema.registry.ssl.truststore.location", "/t.p12",
                "schema.registry.ssl.truststore.password", "hunter2",
                "schema.registry.ssl.keystore.location", "/k.p12",
                "schema.registry.ssl.keystore.password", "hunter2",
                "schema.registry.ssl.key.password", "hunter2");
        String basic = settings.authorization().orElseThrow();
        assertThat(settings.toString()).contains("/t.p12", "/k.p12").doesNotContain("hunter2", basic);
    }

    @Test
    void confluentsSerializerIsGivenItsOwnNames() {
        RegistrySettings settings = settings(
                "schema.registry.url", "http://u:hunter2@registry",
                "schema.registry.serde", "confluent",
                "schema.registry.auto.register.schemas", "false",
                "schema.registry.basic.auth.user.info", "u:hunter2");
        assertThat(settings.confluent())
                .containsEntry("schema.registry.url", "http://u:hunter2@registry")
                .containsEntry("auto.register.schemas", "false")
                .containsEntry("basic.auth.user.info", "u:hunter2")
                .containsEntry("basic.auth.credentials.source", "USER_INFO");
        assertThat(settings.toString()).contains("http://registry").doesNotContain("hunter2");
    }
}
