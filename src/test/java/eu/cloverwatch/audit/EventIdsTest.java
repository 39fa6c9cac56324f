package eu.cloverwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.EventIds.Use;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An id is taken for the look-back, by the stream time of the partition of its event. */
class EventIdsTest {

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Instant T = SampleRecords.NOON;

    private final EventIds ids = EventIds.within(WEEK);

    @Test
    void theSameEventAgainIsToldFromAnotherWithItsId() {
        assertThat(use(event(), 0, T)).isEqualTo(Use.FIRST);
        assertThat(use(event(), 0, T)).isEqualTo(Use.AGAIN);
        AccessEvent other = event();
        other.setCategories(List.of("EMAIL, NAME"));
        assertThat(use(other, 0, T)).isEqualTo(Use.REUSED);
        other.setCategories(List.of("EMAIL", "NAME"));
        assertThat(use(other, 0, T)).isEqualTo(Use.REUSED);
    }

    @Test
    void anEventThatComesAgainAfterTheLookbackIsNewAndTakesTheId() {
        use(event(), 0, T);
        assertThat(use(event(), 0, T.plus(WEEK))).isEqualTo(Use.AGAIN);

        assertThat(use(event(), 0, T.plus(WEEK).plusMillis(1))).isEqualTo(Use.FIRST);
        AccessEvent late = event();
        late.setOccurredAt(T.plusSeconds(60));
        assertThat(use(late, 0, T.plus(WEEK).plusMillis(2))).isEqualTo(Use.FIRST);
        assertThat(use(event(), 0, T.plus(WEEK).plusMillis(3))).isEqualTo(Use.REUSED);
    }

    @Test
    void aPartitionThatIsAheadMakesNoOtherForget() {
        use(event(), 0, T);
        assertThat(use(event(), 1, T.plus(WEEK).plusSeconds(1))).isEqualTo(Use.AGAIN);
        assertThat(use(event(), 0, T)).isEqualTo(Use.AGAIN);
    }

    @Test
    void checkForgetsNothing() {
        EventIds forGood = EventIds.forGood();
        AccessEvent event = event();
        forGood.use(ModelRecords.accessEvent(event), () -> EventIds.digest(event), 0, T);
        assertThat(forGood.use(
                        ModelRecords.accessEvent(event),
                        () -> EventIds.digest(event),
                        0,
                        T.plus(Duration.ofDays(3650))))
                .isEqualTo(Use.AGAIN);
    }

    private Use use(AccessEvent event, int partition, Instant streamTime) {
        return ids.use(ModelRecords.accessEvent(event), () -> EventIds.digest(event), partition, streamTime);
    }

    private static AccessEvent event() {
        Arrival.Value value = (Arrival.Value) SampleRecords.leaking("e-1").payload();
        return AccessEvent.newBuilder((AccessEvent) value.record()).build();
    }
}
