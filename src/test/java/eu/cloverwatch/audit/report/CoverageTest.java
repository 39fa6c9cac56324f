package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CoverageTest {

    @Test
    void claimsTheAbsenceOfViolationsOnlyOfWhatWasJudged() {
        assertThat(of(new SampleReplay(), false).headline(0, ""))
                .isEqualTo("No violation was found among 1,234,567 recorded accesses.");
        assertThat(of(new SampleReplay().found(0, 4), false).headline(0, ""))
                .isEqualTo("4 records could not be judged. Among the others, no violation was found.");
        assertThat(of(new SampleReplay().compliant(0), false).headline(0, ""))
                .isEqualTo("No access was recorded in this range, so there was nothing to judge.");
    }

    @Test
    void aGapInTheRangeComesBeforeEverythingElse() {
        assertThat(of(new SampleReplay().lost().compliant(0), false).headline(0, ""))
                .isEqualTo("Nothing can be said about the whole range: part of it could not be examined.");
        assertThat(of(new SampleReplay().uncommitted(), false).headline(0, ""))
                .isEqualTo("Nothing can be said about the whole range: part of it could not be examined.");
        assertThat(of(new SampleReplay().found(2), true).headline(2, ""))
                .isEqualTo(
                        "2 violations were found in the part of the range that could be examined; there may be more.");
    }

    @Test
    void aNarrowedClaimSaysSo() {
        assertThat(of(new SampleReplay(), false).headline(1, " by E-7")).isEqualTo("1 violation by E-7 was found.");
    }

    private static Coverage of(SampleReplay replay, boolean open) {
        return Coverage.of(replay.replayed(), SampleReplay.context(null, open));
    }
}
