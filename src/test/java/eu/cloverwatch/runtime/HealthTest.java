package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HealthTest {

    @ParameterizedTest
    @CsvSource({
        "CREATED, STARTING",
        "REBALANCING, STARTING",
        "RUNNING, UP",
        "PENDING_SHUTDOWN, DOWN",
        "NOT_RUNNING, DOWN",
        "PENDING_ERROR, DOWN",
        "ERROR, DOWN",
    })
    void it_is_up_only_while_it_judges_and_not_while_it_rebalances(KafkaStreams.State state, Health health) {
        assertThat(Health.of(state, false)).isEqualTo(health);
    }

    @ParameterizedTest
    @EnumSource(KafkaStreams.State.class)
    void who_has_failed_is_down_whatever_the_client_still_does(KafkaStreams.State state) {
        assertThat(Health.of(state, true)).isEqualTo(Health.DOWN);
    }
}
