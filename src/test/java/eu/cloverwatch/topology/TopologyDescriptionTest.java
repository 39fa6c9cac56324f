package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.topology.TopologySettings.StoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The names that state is found again by. */
class TopologyDescriptionTest {

    private static final Path GOLDEN = Path.of("src/test/resources/topology.txt");
    private static final Path ACTUAL = Path.of("target/topology.txt");

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private static String description(StoreKind stores) {
        TopologySettings settings = TopologyHarness.settings(Map.of(), 4, stores);
        return TopologyHarness.topology(settings, SERDE.get(), new BroadcastFacts(TopologyHarness.HORIZON))
                .describe()
                .toString();
    }

    @Test
    void theTopologyIsTheOneThatRunningMonitorsHaveStateOf() throws IOException {
        String actual = description(StoreKind.PERSISTENT);
        Files.writeString(ACTUAL, actual);
        assertThat(actual)
                .as(
                        "the topology has changed: a monitor that is updated will not find its state again, which is a state"
                                + " migration and belongs in the CHANGELOG. If that is meant, copy %s to %s",
                        ACTUAL, GOLDEN)
                .isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void whereStateIsKeptDoesNotChangeTheTopology() {
        assertThat(description(StoreKind.IN_MEMORY)).isEqualTo(description(StoreKind.PERSISTENT));
    }

    @Test
    void noNameIsKafkasOwnNumbering() {
        assertThat(description(StoreKind.PERSISTENT)).doesNotContain("KSTREAM", "KTABLE", "STATE-STORE", "0000");
    }
}
