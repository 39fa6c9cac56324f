package eu.cloverwatch.topology;

import static eu.cloverwatch.model.Outcome.DUPLICATE;
import static eu.cloverwatch.model.Outcome.EXEMPT;
import static eu.cloverwatch.model.Outcome.GATEWAY_APPROVED;
import static eu.cloverwatch.model.Outcome.IN_REGION;
import static eu.cloverwatch.model.Outcome.REJECTED;
import static eu.cloverwatch.model.Outcome.UNDECIDABLE;
import static eu.cloverwatch.model.Outcome.VIOLATION;
import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Protection;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An event id stands for one event of its subject, within the look-back. */
class DuplicatesTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private void assertOutcomes(Map<Outcome, Long> outcomes) {
        assertThat(flow.outcomes()).isEqualTo(outcomes);
    }

    @Test
    void theSameEventAgainIsADuplicateAndPublishesNothing() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-1", T).to("JP"), T.plusSeconds(60));
        assertOutcomes(Map.of(VIOLATION, 1L, DUPLICATE, 1L));
        assertThat(flow.violations()).hasSize(1);
        assertThat(flow.rejects()).isEmpty();
    }

    @Test
    void anApprovedEventAgainIsADuplicate() {
        flow.approved("G-1", "JP", T.minusSeconds(1));
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        assertOutcomes(Map.of(GATEWAY_APPROVED, 1L, DUPLICATE, 1L));
    }

    @Test
    void anUndecidableEventAgainIsADuplicate() {
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        assertOutcomes(Map.of(UNDECIDABLE, 1L, DUPLICATE, 1L));
    }

    @Test
    void otherContentUnderAUsedIdIsRejectedAndTheFirstStands() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-1", T).to("US"));
        flow.accessed(event("ev-1", T).to("JP"));
        assertOutcomes(Map.of(VIOLATION, 1L, REJECTED, 1L, DUPLICATE, 1L));
        assertThat(flow.violation().getDestinationCountry()).isEqualTo("JP");
    }

    @Test
    void whatIsHarmlessIsNotComparedWithAUsedId() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-1", T).to("JP").as(Protection.AGGREGATED));
        flow.accessed(event("ev-1", T));
        assertOutcomes(Map.of(VIOLATION, 1L, EXEMPT, 1L, IN_REGION, 1L));
    }

    @Test
    void whatIsHarmlessTakesNoIdAndCountsTwice() {
        flow.accessed(event("ev-1", T));
        flow.accessed(event("ev-1", T));
        flow.accessed(event("ev-1", T).to("JP"));
        assertOutcomes(Map.of(IN_REGION, 2L, VIOLATION, 1L));
    }

    @Test
    void oneIdOfTwoSubjectsIsTwoEvents() {
        flow.accessed(event("ev-1", T).of("S-1", "IE").to("JP"));
        flow.accessed(event("ev-1", T).of("S-2", "IE").to("JP"));
        assertOutcomes(Map.of(VIOLATION, 2L));
    }

    @Test
    void subjectAndEventIdAreNotRunTogether() {
        flow.accessed(event("11", T).of("S-", "IE").to("JP"));
        flow.accessed(event("1", T).of("S-1", "IE").to("JP"));
        flow.accessed(event("S-11", T).of("", "IE").to("JP"));
        flow.accessed(event("S-11", T).ofBulk(1, "IE").to("JP"));
        assertOutcomes(Map.of(VIOLATION, 4L));
    }

    @Test
    void bulkAccessesShareTheirIds() {
        flow.accessed(event("ev-1", T).ofBulk(1000, "IE").to("JP"));
        flow.accessed(event("ev-1", T).ofBulk(1000, "IE").to("JP"));
        flow.accessed(event("ev-1", T).ofBulk(2000, "IE").to("JP"));
        flow.accessed(event("ev-1", T).of("S-1", "IE").to("JP"));
        assertOutcomes(Map.of(VIOLATION, 2L, DUPLICATE, 1L, REJECTED, 1L));
    }

    @Test
    void anEventIsRememberedForAllOfTheLookBack() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-2", T.plus(TopologyHarness.LOOKBACK)));
        flow.accessed(event("ev-1", T).to("JP"));
        assertOutcomes(Map.of(VIOLATION, 1L, IN_REGION, 1L, DUPLICATE, 1L));
    }

    @Test
    void anEventIsForgottenAfterTheLookBackAndThenTooOldToBeRemembered() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-2", T.plus(TopologyHarness.LOOKBACK).plusMillis(1)));
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-1", T).to("JP"));
        assertOutcomes(Map.of(VIOLATION, 3L, IN_REGION, 1L));
        assertThat(flow.violations()).extracting("key").containsOnly("a59b4da0-f019-53d7-b277-4430b1c45102");
    }

    @Test
    void aRejectedEventFromTheFutureForgetsNothing() {
        flow.accessed(event("ev-1", T).to("JP"));
        flow.accessed(event("ev-2", T.plus(TopologyHarness.LOOKBACK).plusMillis(1)), T);
        flow.accessed(event("ev-1", T).to("JP"));
        assertOutcomes(Map.of(VIOLATION, 1L, REJECTED, 1L, DUPLICATE, 1L));
    }

    @Test
    void theEarliestTimeThereIsHasALookBackToo() {
        Instant earliest = Instant.ofEpochMilli(Long.MIN_VALUE);
        flow.accessed(event("ev-1", earliest).to("JP"), T);
        flow.accessed(event("ev-1", earliest).to("JP"), T);
        assertOutcomes(Map.of(UNDECIDABLE, 1L, DUPLICATE, 1L));
    }
}
