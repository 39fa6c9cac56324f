package eu.cloverwatch.topology;

import static eu.cloverwatch.model.Outcome.DUPLICATE;
import static eu.cloverwatch.model.Outcome.EXEMPT;
import static eu.cloverwatch.model.Outcome.GATEWAY_APPROVED;
import static eu.cloverwatch.model.Outcome.IN_REGION;
import static eu.cloverwatch.model.Outcome.OUT_OF_SCOPE;
import static eu.cloverwatch.model.Outcome.REJECTED;
import static eu.cloverwatch.model.Outcome.UNDECIDABLE;
import static eu.cloverwatch.model.Outcome.VIOLATION;
import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every event ends in exactly one outcome. */
class OutcomesTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private void assertOutcome(Outcome outcome, int violations) {
        assertThat(flow.outcomes()).isEqualTo(Map.of(outcome, 1L));
        assertThat(flow.violations()).hasSize(violations);
        assertThat(flow.rejects()).isEmpty();
    }

    @Test
    void aSubjectFromElsewhereIsOutOfScope() {
        flow.accessed(event("ev-1", T).of("S-1", "US").to("JP"));
        assertOutcome(OUT_OF_SCOPE, 0);
    }

    @Test
    void aSubjectWhoseRecordSaysElsewhereIsOutOfScope() {
        var elsewhere = Facts.consent("S-1", T.minusSeconds(1), T.minusSeconds(1));
        elsewhere.setResidenceCountry("US");
        flow.publish(Topic.CONSENTS, "S-1", elsewhere, T.minusSeconds(1));
        flow.accessed(event("ev-1", T).of("S-1", null).to("JP"));
        assertOutcome(OUT_OF_SCOPE, 0);
    }

    @Test
    void aggregatedDataIsExempt() {
        flow.accessed(event("ev-1", T).to("JP").as(Protection.AGGREGATED));
        assertOutcome(EXEMPT, 0);
    }

    @Test
    void dataThatStaysIsInTheRegion() {
        flow.accessed(event("ev-1", T));
        assertOutcome(IN_REGION, 0);
    }

    @Test
    void anEmployeeInTheRegionKeepsDataThere() {
        flow.located("E-1", "DE", T.minusSeconds(1));
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        assertOutcome(IN_REGION, 0);
    }

    @Test
    void anApprovedGatewayMayBePassed() {
        flow.approved("G-1", "JP", T.minusSeconds(1));
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        assertOutcome(GATEWAY_APPROVED, 0);
    }

    @Test
    void anEmployeeAbroadTakesDataOut() {
        flow.located("E-1", "JP", T.minusSeconds(1));
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        assertThat(flow.violation().getFindings()).extracting("rule").containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertOutcome(VIOLATION, 0);
    }

    @Test
    void whereAnEmployeeIsMustBeKnown() {
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        var violation = flow.violation();
        assertThat(violation.getVerdict()).isEqualTo(Verdict.UNDECIDABLE);
        assertThat(violation.getFindings()).extracting("rule").containsExactly("ACTOR_LOCATION_UNKNOWN");
        assertOutcome(UNDECIDABLE, 0);
    }

    @Test
    void beforeAnyPolicyNothingCanBeDecided() {
        flow.accessed(event("ev-1", Instant.parse("2023-03-07T23:59:59.999Z")));
        assertThat(flow.violation().getFindings()).extracting("rule").containsExactly("POLICY_ABSENT");
        assertOutcome(UNDECIDABLE, 0);
    }

    @Test
    void everyRecordIsCountedOnce() {
        flow.approved("G-1", "JP", T.minusSeconds(1));
        flow.accessed(event("ev-1", T).of("S-1", "US"));
        flow.accessed(event("ev-2", T).as(Protection.PUBLIC));
        flow.accessed(event("ev-3", T));
        flow.accessed(event("ev-4", T).to("JP").via("G-1"));
        flow.accessed(event("ev-5", T).to("JP"));
        flow.accessed(event("ev-5", T).to("JP"));
        flow.accessed(event("ev-5", T).to("JP").bytes(1));
        flow.accessed(event("ev-6", T).byEmployee("E-1"));
        flow.pipe(Topic.ACCESS_EVENTS, null, new byte[] {1}, T);

        assertThat(flow.outcomes())
                .isEqualTo(Map.of(
                        OUT_OF_SCOPE, 1L,
                        EXEMPT, 1L,
                        IN_REGION, 1L,
                        GATEWAY_APPROVED, 1L,
                        VIOLATION, 1L,
                        UNDECIDABLE, 1L,
                        DUPLICATE, 1L,
                        REJECTED, 2L));
        assertThat(flow.violations()).hasSize(2);
        assertThat(flow.rejects()).hasSize(2);
    }
}
