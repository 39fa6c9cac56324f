package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.ViolationStatus;
import org.junit.jupiter.api.Test;

class ViolationFilterTest {

    private final ViolationFilter filter =
            new ViolationFilter(violation -> violation.getSeverity() == Severity.HIGH, 2);

    @Test
    void whatIsNotWantedIsLetThroughOnlyAsARevisionOfWhatWas() {
        assertThat(filter.test(SampleViolation.revision("a", 1, ViolationStatus.AMENDED, Severity.LOW)))
                .isFalse();
        assertThat(filter.test(SampleViolation.of("a"))).isTrue();
        assertThat(filter.test(SampleViolation.revision("a", 2, ViolationStatus.WITHDRAWN, Severity.LOW)))
                .isTrue();
        assertThat(filter.test(SampleViolation.revision("b", 1, ViolationStatus.AMENDED, Severity.LOW)))
                .isFalse();
    }

    @Test
    void thoseThatWereShownLongestAgoAreForgottenFirst() {
        filter.test(SampleViolation.of("a"));
        filter.test(SampleViolation.of("b"));
        filter.test(SampleViolation.of("a"));
        filter.test(SampleViolation.of("c"));
        assertThat(filter.test(SampleViolation.revision("a", 1, ViolationStatus.AMENDED, Severity.LOW)))
                .isTrue();
        assertThat(filter.test(SampleViolation.revision("b", 1, ViolationStatus.AMENDED, Severity.LOW)))
                .isFalse();
    }
}
