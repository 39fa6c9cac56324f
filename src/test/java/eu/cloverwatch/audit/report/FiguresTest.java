package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is counted, chosen and drawn. */
class FiguresTest {

    @Test
    void aPersonInTwoAccessesCountsOnceAndPeopleInBulkApart() {
        Tally tally = new Tally();
        tally.add(of("k1:a", 1, true));
        tally.add(of("k1:a", 1, true));
        tally.add(of("k1:b", 1, false));
        tally.add(of(null, 40, false));
        tally.add(of(null, 2, false));

        assertThat(tally.subjects()).isEqualTo(2);
        assertThat(tally.minors()).isOne();
        assertThat(tally.bulkAccesses()).isEqualTo(2);
        assertThat(tally.bulkPeople()).isEqualTo(42);
    }

    @Test
    void aSumBeyondWhatFitsStaysAtTheLimit() {
        Tally tally = new Tally();
        for (int i = 0; i < 3; i++) {
            Violation large = SampleViolations.violation(1);
            large.setByteCount(Long.MAX_VALUE - 1);
            tally.add(large);
        }

        assertThat(tally.bytes()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void distinctTextsAreCountedHoweverOftenTheyCome() {
        DistinctCount count = new DistinctCount();
        IntStream.range(0, 10_000).forEach(i -> count.add("s-" + i % 777));

        assertThat(count.count()).isEqualTo(777);
        count.add("another");
        assertThat(count.count()).isEqualTo(778);
    }

    @Test
    void oneOfEachKindIsShownBeforeASecondOfAny() {
        Selection selection = new Selection(3);
        for (int i = 0; i < 100; i++) {
            selection.add(acted("E-1", Severity.HIGH));
        }
        selection.add(acted("E-2", Severity.HIGH));
        selection.add(acted("E-3", Severity.LOW));

        assertThat(selection.violations())
                .extracting(violation -> violation.getActor().getId())
                .containsExactlyInAnyOrder("E-1", "E-1", "E-2");
    }

    @Test
    void theTimelineCoversTheRangeInBarsOfAFittingLength() {
        Instant from = Instant.parse("2025-03-01T00:00:00Z");

        assertThat(timeline(from, "2025-03-02T00:00:00Z").unit()).isEqualTo("hour");
        assertThat(timeline(from, "2025-04-01T00:00:00Z").unit()).isEqualTo("day");
        assertThat(timeline(from, "2026-03-01T00:00:00Z").unit()).isEqualTo("week");
        assertThat(timeline(from, "2030-03-01T00:00:00Z").unit()).isEqualTo("month");
        assertThat(timeline(from, "2099-01-01T00:00:00Z").unit()).isEqualTo("year");
    }

    @Test
    void theBlocksOfTheTimelineAddUpToTheViolations() {
        Tally tally = new Tally();
        IntStream.range(0, 500).forEach(i -> tally.add(SampleViolations.violation(i)));
        Timeline timeline = Timeline.of(tally, SampleViolations.FROM, SampleViolations.TO);

        long sum = timeline.blocks().stream()
                .mapToLong(block -> Long.parseLong(
                        block.title().replaceAll(".*: ([0-9,]+) [A-Z]+", "$1").replace(",", "")))
                .sum();
        assertThat(sum).isEqualTo(500);
        assertThat(timeline.blocks()).allMatch(block -> Double.parseDouble(block.y()) >= Timeline.TOP - 0.1);
        assertThat(timeline.counts()).hasSizeBetween(2, 6);
    }

    @Test
    void labelsOfTheMapDoNotCoverEachOther() {
        LabelLayout layout = new LabelLayout(FlowMap.WIDTH, FlowMap.HEIGHT);
        List<FlowMap.Place> places = layout.place(IntStream.range(0, 12)
                .mapToObj(i -> new LabelLayout.Point(500 + i % 3, 100 + i % 2, 3, "Country " + i, false))
                .toList());

        List<FlowMap.Place> labelled =
                places.stream().filter(place -> !place.text().isEmpty()).toList();
        assertThat(places).hasSize(12);
        assertThat(labelled).isNotEmpty();
        assertThat(labelled)
                .extracting(place -> place.textX() + " " + place.textY())
                .doesNotHaveDuplicates();
    }

    @Test
    void aFlowWithoutACountryAtBothEndsIsNotDrawn() {
        Tally tally = new Tally();
        Violation within = SampleViolations.violation(1);
        within.setDestinationCountry(null);
        tally.add(within);
        Violation unlisted = SampleViolations.violation(2);
        unlisted.setOriginCountry(null);
        tally.add(unlisted);

        assertThat(FlowMap.of(tally, WorldMap.get()).routes()).isEmpty();
        assertThat(TallyView.of(tally).routes()).hasSize(2);
    }

    private static Timeline timeline(Instant from, String to) {
        return Timeline.of(new Tally(), from, Instant.parse(to));
    }

    private static Violation acted(String actor, Severity severity) {
        Violation violation = SampleViolations.violation(1);
        violation.getActor().setId(actor);
        violation.setSeverity(severity);
        return violation;
    }

    private static Violation of(@Nullable String pseudonym, long count, boolean minor) {
        Violation violation = SampleViolations.violation(1);
        violation.getSubject().setPseudonym(pseudonym);
        violation.getSubject().setCount(count);
        violation.getSubject().setMinor(minor);
        return violation;
    }
}
