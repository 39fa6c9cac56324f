package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.topology.Facts.granted;
import static eu.cloverwatch.v1.ViolationStatus.AMENDED;
import static eu.cloverwatch.v1.ViolationStatus.OPEN;
import static eu.cloverwatch.v1.ViolationStatus.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A fact that comes after the events that it changes leads to revisions, as many as there is something new to say. */
class LateFactsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Instant HOUR_BEFORE = T.minus(Duration.ofHours(1));
    private static final Instant LONG_BEFORE = T.minus(Duration.ofDays(30));
    private static final String MOVED = "employee-locations/E-1 effective 2024-06-05T08:00:00Z";

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private static Instant after(int hours) {
        return T.plus(Duration.ofHours(hours));
    }

    private static List<String> rules(Violation violation) {
        return violation.getFindings().stream().map(Finding::getRule).toList();
    }

    private Violation revised(ViolationStatus status, int revision, @Nullable String cause) {
        Violation violation = flow.violation();
        assertThat(violation.getEventId()).isEqualTo("ev-1");
        assertThat(violation.getStatus()).isEqualTo(status);
        assertThat(violation.getRevision()).isEqualTo(revision);
        assertThat(violation.getCause()).isEqualTo(cause);
        return violation;
    }

    private Violation found() {
        return revised(OPEN, 0, null);
    }

    private static String consents(Instant effectiveFrom) {
        return "consents/" + TopologyHarness.PSEUDONYMS.of(new SubjectId("S-1")) + " effective " + effectiveFrom;
    }

    private static Access advertising(String eventId) {
        return event(eventId, T).purpose("ADVERTISING").to("JP").via("G-1");
    }

    private List<String> revisedEvents() {
        return flow.violations().stream()
                .map(published -> published.violation().getEventId())
                .toList();
    }

    @Test
    void aLateLocationFindsItsCorrectionWithdrawsAndTheNextFindsAgain() {
        flow.located("E-1", "IE", LONG_BEFORE);
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        assertThat(flow.violations()).isEmpty();

        flow.located("E-1", "JP", HOUR_BEFORE, after(1));
        Violation found = revised(OPEN, 0, MOVED);
        assertThat(found.getActor().getCountry()).isEqualTo("JP");
        assertThat(rules(found)).containsExactly("EGRESS_WITHOUT_GATEWAY");

        flow.located("E-1", "IE", HOUR_BEFORE, after(2));
        Violation withdrawn = revised(WITHDRAWN, 1, MOVED);
        assertThat(withdrawn.getFindings()).isEqualTo(found.getFindings());
        assertThat(withdrawn.getVerdict()).isEqualTo(found.getVerdict());
        assertThat(withdrawn.getSeverity()).isEqualTo(found.getSeverity());
        assertThat(withdrawn.getActor().getCountry()).isEqualTo("IE");

        flow.located("E-1", "JP", HOUR_BEFORE, after(3));
        assertThat(rules(revised(AMENDED, 2, MOVED))).containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertThat(flow.outcomes()).as("the first outcome stays").isEqualTo(Map.of(Outcome.IN_REGION, 1L));
    }

    @Test
    void aLateLocationThatAnswersOtherTimesChangesNothing() {
        flow.located("E-1", "IE", LONG_BEFORE);
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        flow.located("E-1", "JP", T.plusMillis(1), after(1));
        flow.located("E-2", "JP", HOUR_BEFORE, after(1));
        assertThat(flow.violations()).isEmpty();
    }

    @Test
    void aLateApprovalWithdraws() {
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        assertThat(rules(found())).containsExactly("GATEWAY_UNKNOWN");
        flow.approved("G-1", "JP", HOUR_BEFORE);
        Violation withdrawn = revised(WITHDRAWN, 1, "gateways/G-1 effective " + HOUR_BEFORE);
        assertThat(rules(withdrawn)).containsExactly("GATEWAY_UNKNOWN");
    }

    @Test
    void aLateRevocationFinds() {
        flow.approved("G-1", "JP", LONG_BEFORE);
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        assertThat(flow.violations()).isEmpty();
        flow.disapproved("G-1", HOUR_BEFORE);
        assertThat(rules(revised(OPEN, 0, "gateways/G-1 effective " + HOUR_BEFORE)))
                .isNotEmpty();
    }

    @Test
    void aLateApprovalOfABulkAccessWithdraws() {
        flow.accessed(event("ev-1", T).ofBulk(1000, "IE").to("JP").via("G-1"));
        found();
        flow.approved("G-1", "JP", HOUR_BEFORE);
        revised(WITHDRAWN, 1, "gateways/G-1 effective " + HOUR_BEFORE);
    }

    @Test
    void aLateConsentWithdrawsAndNamesThePseudonymOnly() {
        flow.approved("G-1", "JP", LONG_BEFORE);
        flow.accessed(advertising("ev-1"));
        assertThat(rules(found())).containsExactly("CONSENT_MISSING");
        flow.consented("S-1", HOUR_BEFORE, after(1), granted("ADVERTISING"));
        Violation withdrawn = revised(WITHDRAWN, 1, consents(HOUR_BEFORE));
        assertThat(rules(withdrawn)).containsExactly("CONSENT_MISSING");
        assertThat(withdrawn.toString()).doesNotContain("S-1");
    }

    @Test
    void aCorrectedResidenceBringsBackWhatWasOutOfScope() {
        flow.publish(Topic.CONSENTS, "S-1", residing("US", T), T);
        flow.accessed(event("ev-1", T).of("S-1", null).to("JP"));
        assertThat(flow.violations()).isEmpty();
        flow.publish(Topic.CONSENTS, "S-1", residing("IE", after(1)), after(1));
        assertThat(rules(revised(OPEN, 0, consents(HOUR_BEFORE)))).containsExactly("EGRESS_WITHOUT_GATEWAY");
        assertThat(flow.outcomes()).isEqualTo(Map.of(Outcome.OUT_OF_SCOPE, 1L));
    }

    private static SubjectConsent residing(String country, Instant recordedAt) {
        SubjectConsent consent = Facts.consent("S-1", HOUR_BEFORE, recordedAt);
        consent.setResidenceCountry(country);
        return consent;
    }

    @Test
    void aDuplicateAfterAWithdrawalYieldsNothing() {
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        flow.approved("G-1", "JP", HOUR_BEFORE);
        assertThat(flow.violations()).hasSize(2);
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));
        assertThat(flow.violations()).isEmpty();
        assertThat(flow.outcomes()).isEqualTo(Map.of(Outcome.VIOLATION, 1L, Outcome.DUPLICATE, 1L));
    }

    @Test
    void whatTheLookbackHasPassedIsNotRevised() {
        Instant later = T.plus(TopologyHarness.LOOKBACK).plusMillis(1);
        flow.located("E-1", "IE", LONG_BEFORE);
        flow.accessed(event("passed", T).byEmployee("E-1"));
        flow.accessed(event("passed-gateway", T).to("JP").via("G-1"));
        flow.accessed(event("covered", later).byEmployee("E-1"));
        flow.accessed(event("covered-gateway", later).to("JP").via("G-1"));
        assertThat(revisedEvents()).containsExactly("passed-gateway", "covered-gateway");

        flow.located("E-1", "JP", HOUR_BEFORE, later);
        flow.approved("G-1", "JP", HOUR_BEFORE);
        assertThat(revisedEvents()).containsExactly("covered", "covered-gateway");
    }

    @Test
    void aFactThatConcernsFewEventsLeavesNothingToBeReadAtARestart() {
        flow.accessed(event("ev-1", T).to("JP").via("G-1"));

        flow.located("E-1", "DE", HOUR_BEFORE);
        flow.consented("S-1", HOUR_BEFORE);
        flow.approved("G-1", "JP", HOUR_BEFORE);
        flow.advance(FlowTopology.SOON);

        assertThat(flow.changelogs())
                .containsKeys(StateStores.CONSENTS, StateStores.LOCATIONS)
                .doesNotContainKeys(StateStores.ACTOR_REVISITS, StateStores.EGRESS_REVISITS);
    }

    @Test
    void moreThanAPortionIsRevisedPortionByPortion() {
        int count = 2 * TopologySettings.REVISIT_PORTION + 10;
        for (int i = 0; i < count; i++) {
            flow.accessed(event("ev-" + i, T).to("JP").via("G-1"));
        }
        assertThat(flow.violations()).hasSize(count);

        flow.approved("G-1", "JP", HOUR_BEFORE);
        List<String> first = revisedEvents();
        assertThat(first).hasSize(TopologySettings.REVISIT_PORTION);
        Set<String> revised = new HashSet<>(first);
        for (int i = 0; i < 2; i++) {
            flow.advance(FlowTopology.SOON);
            flow.violations().forEach(published -> {
                assertThat(published.violation().getStatus()).isEqualTo(WITHDRAWN);
                assertThat(revised.add(published.violation().getEventId())).isTrue();
            });
        }
        assertThat(revised).hasSize(count);
    }
}
