package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class JudgementTest {

    private static final Judgement.Known NOTHING =
            new Judgement.Known(null, null, null, null, null, null, null, null, null);

    @Test
    void findingsAreOrderedBySeverityThenByRule() {
        Judgement judgement = judgement(
                finding(Rule.SITE_UNKNOWN, Severity.MEDIUM),
                finding(Rule.GATEWAY_UNKNOWN, Severity.HIGH),
                finding(Rule.CONSENT_MISSING, Severity.MEDIUM),
                finding(Rule.ACTOR_LOCATION_UNKNOWN, Severity.CRITICAL));

        assertThat(judgement.findings())
                .extracting(Finding::rule)
                .containsExactly(
                        Rule.ACTOR_LOCATION_UNKNOWN, Rule.GATEWAY_UNKNOWN, Rule.CONSENT_MISSING, Rule.SITE_UNKNOWN);
    }

    @Test
    void theSeverityIsTheHighestOfAllFindings() {
        assertThat(judgement(finding(Rule.SITE_UNKNOWN, Severity.LOW), finding(Rule.POLICY_ABSENT, Severity.HIGH))
                        .severity())
                .isEqualTo(Severity.HIGH);
    }

    @Test
    void withoutFindingsThereIsNoSeverity() {
        assertThatThrownBy(() -> judgement().severity()).isInstanceOf(NoSuchElementException.class);
    }

    private static Judgement judgement(Finding... findings) {
        return new Judgement(Outcome.VIOLATION, List.of(findings), NOTHING);
    }

    private static Finding finding(Rule rule, Severity severity) {
        return new Finding(rule, severity, "message", "remedy");
    }
}
