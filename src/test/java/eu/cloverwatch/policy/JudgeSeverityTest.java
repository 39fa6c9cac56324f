package eu.cloverwatch.policy;

import static eu.cloverwatch.model.SampleEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The steps of severity, on a finding that starts from MEDIUM. */
class JudgeSeverityTest {

    @ParameterizedTest
    @CsvSource({
        "VIEW_HISTORY, RAW,           ,      MEDIUM",
        "EMAIL,        RAW,           ,      HIGH",
        "EMAIL,        UNKNOWN,       ,      HIGH",
        "EMAIL,        PSEUDONYMISED, ,      MEDIUM",
        "EMAIL,        RAW,           true,  CRITICAL",
        "EMAIL,        PSEUDONYMISED, true,  HIGH",
        "VIEW_HISTORY, RAW,           true,  HIGH",
        "EMAIL,        RAW,           false, HIGH",
    })
    void restrictedDataInTheClearIsAStepAndAMinorIsOneMore(
            String category, Protection protection, @Nullable Boolean minor, Severity severity) {
        Judgement judgement = JudgeFixture.with()
                .judge(event().from("atlantis")
                        .categories("VIEW_HISTORY", category)
                        .protection(protection)
                        .minor(minor));

        assertThat(JudgeFixture.rules(judgement)).containsExactly(Rule.SITE_UNKNOWN);
        assertThat(judgement.severity()).isEqualTo(severity);
    }

    @Test
    void theFindingThatIsAboutMinorsDoesNotStepUpForThem() {
        Judgement judgement =
                JudgeFixture.with().judge(event().to(null, "US").minor(true).categories("VIEW_HISTORY"));

        assertThat(JudgeFixture.finding(judgement, Rule.MINOR_DATA_EGRESS).severity())
                .isEqualTo(Severity.HIGH);
        assertThat(JudgeFixture.finding(judgement, Rule.EGRESS_WITHOUT_GATEWAY).severity())
                .isEqualTo(Severity.CRITICAL);
    }

    @Test
    void thePolicySaysWhereARuleStarts() {
        JudgeFixture judge =
                JudgeFixture.with().policy(JudgeFixture.POLICY + "severity: {STORED_OUTSIDE_ENCLAVE: INFO}\n");

        assertThat(judge.judge(event().operation(Operation.WRITE).from("paris-office"))
                        .severity())
                .isEqualTo(Severity.INFO);
        assertThat(judge.judge(event().operation(Operation.WRITE)
                                .from("paris-office")
                                .categories("NAME"))
                        .severity())
                .isEqualTo(Severity.LOW);
    }
}
