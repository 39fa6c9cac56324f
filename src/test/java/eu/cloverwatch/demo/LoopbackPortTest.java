package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoopbackPortTest {

    @Test
    void brokerAndControllerNeverShareAPort() {
        IntStream.range(0, 50_000).forEach(attempt -> {
            int broker = LoopbackPort.free(0);
            assertThat(LoopbackPort.freeBeside(broker)).isNotEqualTo(broker);
        });
    }

    @Test
    void aFreePortIsNotOneThatConnectionsAreGiven() {
        assertThat(LoopbackPort.free(0)).isBetween(1024, 32_767);
    }
}
