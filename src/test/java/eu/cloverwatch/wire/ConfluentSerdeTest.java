package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What works without Confluent's classes; the rest is in {@link ConfluentInteropTest}. */
class ConfluentSerdeTest {

    @Test
    void withoutConfluentsClassesTheBuildThatHasThemIsNamed() {
        assumeFalse(isOnClassPath());
        RegistrySettings settings = RegistrySettings.from(
                Map.of("schema.registry.url", "http://127.0.0.1:1", "schema.registry.serde", "confluent"));

        assertThatThrownBy(() -> RecordSerdes.open(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schema.registry.serde=confluent")
                .hasMessageContaining("-Pconfluent");
    }

    @Test
    void theBuiltInOneIsTheDefault() {
        RegistrySettings settings = RegistrySettings.from(Map.of("schema.registry.url", "http://127.0.0.1:1"));
        try (RecordSerde serde = RecordSerdes.open(settings)) {
            assertThat(serde).isInstanceOf(ConfluentWireSerde.class);
        }
    }

    private static boolean isOnClassPath() {
        try {
            Class.forName("io.confluent.kafka.serializers.KafkaAvroSerializer");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
