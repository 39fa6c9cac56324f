package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** A failure is told by whose it is, with what would help. */
class ReadFailuresTest {

    @Test
    void aCertificateThatIsNotTrustedIsNoMatterOfCredentials() {
        RuntimeException failure = ReadFailures.reading(
                "events",
                new SslAuthenticationException("SSL handshake failed", new SSLHandshakeException("no path to a root")));

        assertThat(failure)
                .isInstanceOf(TopicUnavailableException.class)
                .hasMessageContaining("TLS")
                .hasMessageContaining("no path to a root")
                .hasMessageNotContaining("credentials");
    }

    @Test
    void credentialsAndPermissionsAreToldApart() {
        assertThat(ReadFailures.reading("events", new SaslAuthenticationException("bad password")))
                .hasMessageContaining("does not accept these credentials");
        assertThat(ReadFailures.reading("events", new TopicAuthorizationException("no")))
                .hasMessageContaining("events: no permission");
    }

    @Test
    void theFirstCauseIsSaid() {
        assertThat(ReadFailures.reading("events", new KafkaException("failed", new IllegalStateException("why"))))
                .hasMessage("events: failed: IllegalStateException: why");
    }

    @Test
    void settingsThatKafkaRefusesAreTheUsersAndSayWhy() {
        assertRefused(Map.of("security.protocol", "FOO"), "security.protocol");
        assertRefused(
                Map.of("security.protocol", "SSL", "ssl.truststore.location", "/nowhere/trust.jks"),
                "/nowhere/trust.jks");
    }

    private static void assertRefused(Map<String, String> kafka, String why) {
        Map<String, String> all = new HashMap<>(kafka);
        all.put("bootstrap.servers", "127.0.0.1:9");
        try (RecordSerde serde =
                RecordSerdes.open(RegistrySettings.from(Map.of("schema.registry.url", "http://127.0.0.1:9")))) {
            ReplaySource source = new ReplaySource(all, Map.of(Topic.CONSENTS, "consents"), serde, 1);
            assertThatThrownBy(() -> new TopicReader(source).whole(Topic.CONSENTS))
                    .isInstanceOf(ClusterSettingsException.class)
                    .hasMessageContaining(why);
        }
    }
}
