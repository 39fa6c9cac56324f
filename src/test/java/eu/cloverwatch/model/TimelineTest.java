package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.Timeline.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Times are days of an imagined calendar: {@code day(3)} is later than {@code day(2)}. */
class TimelineTest {

    private static Instant day(int number) {
        return Instant.parse("2024-01-01T00:00:00Z").plusSeconds(86_400L * number);
    }

    private static Version<String> version(int effective, int recorded, @Nullable String value) {
        return new Version<>(day(effective), day(recorded), value);
    }

    @SafeVarargs
    private static Timeline<String> timeline(Version<String>... arrivals) {
        Timeline<String> timeline = Timeline.empty();
        for (Version<String> arrival : arrivals) {
            timeline = timeline.with(arrival);
        }
        return timeline;
    }

    private static Lookup<String> known(String value, int from) {
        return new Lookup.Known<>(value, day(from));
    }

    @Test
    void nothingIsKnownOfAKeyNeverSeen() {
        assertThat(Timeline.<String>empty().asOf(day(1))).isEqualTo(Lookup.absent());
    }

    @Test
    void aVersionIsValidFromItsTimeOnInclusive() {
        Timeline<String> timeline = timeline(version(2, 2, "FR"), version(4, 4, "JP"));

        assertThat(timeline.asOf(day(2).minusMillis(1))).isEqualTo(Lookup.absent());
        assertThat(timeline.asOf(day(2))).isEqualTo(known("FR", 2));
        assertThat(timeline.asOf(day(4).minusMillis(1))).isEqualTo(known("FR", 2));
        assertThat(timeline.asOf(day(4))).isEqualTo(known("JP", 4));
        assertThat(timeline.asOf(Instant.MAX)).isEqualTo(known("JP", 4));
    }

    @Test
    void whatArrivesLateTakesItsPlaceByTime() {
        Timeline<String> inOrder = timeline(version(1, 1, "FR"), version(2, 5, "CN"), version(3, 3, "JP"));
        Timeline<String> late = timeline(version(3, 3, "JP"), version(1, 1, "FR"), version(2, 5, "CN"));

        assertThat(late.versions()).isEqualTo(inOrder.versions());
        assertThat(late.asOf(day(2))).isEqualTo(known("CN", 2));
        assertThat(late.asOf(day(3))).isEqualTo(known("JP", 3));
    }

    @Test
    void aCorrectionIsTheOneRecordedLaterInWhicheverOrderTheyArrive() {
        assertThat(timeline(version(1, 1, "FR"), version(1, 2, "CN")).asOf(day(1)))
                .isEqualTo(known("CN", 1));
        assertThat(timeline(version(1, 2, "CN"), version(1, 1, "FR")).asOf(day(1)))
                .isEqualTo(known("CN", 1));
    }

    @Test
    void ofTwoWithBothTimesEqualTheLaterArrivalReplacesTheOther() {
        Timeline<String> timeline = timeline(version(1, 1, "FR"), version(2, 2, "JP"), version(1, 1, "CN"));

        assertThat(timeline.versions()).containsExactly(version(1, 1, "CN"), version(2, 2, "JP"));
    }

    @Test
    void aVersionWithoutValueEndsWhatWasBefore() {
        Timeline<String> timeline = timeline(version(1, 1, "FR"), version(2, 2, null), version(3, 3, "JP"));

        assertThat(timeline.asOf(day(1))).isEqualTo(known("FR", 1));
        assertThat(timeline.asOf(day(2))).isEqualTo(Lookup.absent());
        assertThat(timeline.asOf(day(3))).isEqualTo(known("JP", 3));
    }

    @Test
    void withLeavesTheTimelineItWasAskedOfAlone() {
        Timeline<String> before = timeline(version(1, 1, "FR"));
        before.with(version(1, 1, "CN")).with(version(0, 0, "JP"));

        assertThat(before.versions()).containsExactly(version(1, 1, "FR"));
    }

    @Test
    void pruningKeepsTheVersionValidAtTheHorizonAndRemembers() {
        Timeline<String> pruned = timeline(version(1, 1, "FR"), version(2, 2, "CN"), version(4, 4, "JP"))
                .prune(day(3));

        assertThat(pruned.versions()).containsExactly(version(2, 2, "CN"), version(4, 4, "JP"));
        assertThat(pruned.prunedBefore()).isEqualTo(day(2));
        assertThat(pruned.asOf(day(2).minusMillis(1))).isEqualTo(Lookup.beyondHistory());
        assertThat(pruned.asOf(day(2))).isEqualTo(known("CN", 2));
    }

    @Test
    void pruningAtTheVeryInstantOfAVersionDropsThoseBeforeIt() {
        Timeline<String> pruned =
                timeline(version(1, 1, "FR"), version(2, 2, "CN")).prune(day(2));

        assertThat(pruned.versions()).containsExactly(version(2, 2, "CN"));
    }

    @Test
    void pruningDropsTheCorrectedOnesOfTheSameTime() {
        Timeline<String> pruned =
                timeline(version(1, 1, "FR"), version(1, 2, "CN")).prune(day(1));

        assertThat(pruned.versions()).containsExactly(version(1, 2, "CN"));
        assertThat(pruned.asOf(day(0))).isEqualTo(Lookup.beyondHistory());
    }

    @Test
    void whereNothingIsDroppedNothingIsRemembered() {
        Timeline<String> timeline = timeline(version(2, 2, "FR"), version(4, 4, "JP"));

        assertThat(timeline.prune(day(1)).prunedBefore()).isNull();
        assertThat(timeline.prune(day(3)).prunedBefore()).isNull();
        assertThat(timeline.prune(day(3)).asOf(day(1))).isEqualTo(Lookup.absent());
        assertThat(Timeline.<String>empty().prune(day(1)).versions()).isEmpty();
    }

    @Test
    void pruningAgainEarlierChangesNothing() {
        Timeline<String> pruned = timeline(version(1, 1, "FR"), version(2, 2, "CN"), version(4, 4, "JP"))
                .prune(day(5))
                .prune(day(2));

        assertThat(pruned.versions()).containsExactly(version(4, 4, "JP"));
        assertThat(pruned.prunedBefore()).isEqualTo(day(4));
    }

    @Test
    void whatArrivesFromBeforeThePrunedTimeIsNotKnownToBeAllThereWas() {
        Timeline<String> pruned =
                timeline(version(1, 1, "FR"), version(3, 3, "CN")).prune(day(3));

        assertThat(pruned.with(version(2, 9, "JP"))).isSameAs(pruned);
        assertThat(pruned.with(version(2, 9, "JP")).asOf(day(2))).isEqualTo(Lookup.beyondHistory());
        assertThat(pruned.with(version(3, 9, "JP")).asOf(day(3))).isEqualTo(known("JP", 3));
    }

    @Test
    void itIsRestoredFromWhatItGave() {
        Timeline<String> pruned = timeline(version(1, 1, "FR"), version(2, 2, null), version(4, 4, "JP"))
                .prune(day(3));
        Timeline<String> restored = Timeline.restore(pruned.versions(), pruned.prunedBefore());

        assertThat(restored.versions()).isEqualTo(pruned.versions());
        assertThat(restored.prunedBefore()).isEqualTo(day(2));
        assertThat(restored.asOf(day(1))).isEqualTo(Lookup.beyondHistory());
    }

    @Test
    void disorderIsNotRestored() {
        assertThatThrownBy(() -> Timeline.restore(List.of(version(2, 2, "A"), version(1, 3, "B")), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("versions are not in order at 1");
        assertThatThrownBy(() -> Timeline.restore(List.of(version(1, 2, "A"), version(1, 2, "B")), null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Timeline.restore(List.of(version(1, 2, "A"), version(1, 1, "B")), null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
