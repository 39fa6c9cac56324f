package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.v1.ViolationStatus.AMENDED;
import static eu.cloverwatch.v1.ViolationStatus.OPEN;
import static eu.cloverwatch.v1.ViolationStatus.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What happens while a fact has not yet come to all the events that it concerns: one at a time, so that there is a while. */
class PendingRevisitsTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Instant HOUR_BEFORE = T.minus(Duration.ofHours(1));
    private static final Instant LONG_BEFORE = T.minus(Duration.ofDays(30));
    private static final Instant LATER = T.plus(TopologyHarness.LOOKBACK).plus(Duration.ofDays(1));

    @RegisterExtension
    final TopologyHarness flow =
            new TopologyHarness(TopologyHarness.settings(TopologyHarness.LOOKBACK, TopologyHarness.HORIZON, 1));

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private void exported(String eventId) {
        flow.accessed(event(eventId, T).to("JP").via("G-1"));
    }

    /** Event id, revision and status of what was published since. */
    private List<String> published() {
        return flow.violations().stream()
                .map(one -> text(
                        one.violation().getEventId(),
                        one.violation().getRevision(),
                        one.violation().getStatus()))
                .toList();
    }

    private static String text(String eventId, int revision, ViolationStatus status) {
        return eventId + " " + revision + " " + status;
    }

    /** What was published until there is nothing left to be done. */
    private List<String> publishedInTheEnd() {
        List<String> published = new ArrayList<>(published());
        while (flow.hasWork()) {
            flow.advance(FlowTopology.SOON);
            published.addAll(published());
        }
        return published;
    }

    @Test
    void whatASubjectsFactHasNotComeToIsNotForgotten() {
        exported("ev-1");
        exported("ev-2");
        flow.violations();

        flow.approved("G-1", "JP", HOUR_BEFORE);
        assertThat(published()).containsExactly(text("ev-1", 1, WITHDRAWN));
        flow.accessed(event("ev-3", LATER).to("JP"));
        assertThat(publishedInTheEnd()).contains(text("ev-2", 1, WITHDRAWN));

        flow.accessed(event("ev-4", LATER).to("JP"));
        flow.disapproved("G-1", HOUR_BEFORE.plusMillis(1));
        assertThat(publishedInTheEnd()).as("forgotten since").containsExactly(text("ev-4", 0, OPEN));
    }

    @Test
    void whatALocationHasNotComeToIsNotForgotten() {
        flow.located("E-1", "IE", LONG_BEFORE);
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        flow.accessed(event("ev-2", T).byEmployee("E-1"));

        flow.located("E-1", "JP", HOUR_BEFORE, T);
        assertThat(published()).containsExactly(text("ev-1", 0, OPEN));
        flow.accessed(event("ev-3", LATER).byEmployee("E-2"));
        flow.accessed(event("ev-4", LATER).byEmployee("E-2"));
        assertThat(publishedInTheEnd()).contains(text("ev-2", 0, OPEN));
    }

    @Test
    void theLastTimeThereIsComesWhileWorkWaits() {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
        flow.located("E-1", "IE", LONG_BEFORE);
        flow.accessed(event("ev-1", last).byEmployee("E-1"));
        flow.accessed(event("ev-2", last).byEmployee("E-1"));

        flow.located("E-1", "JP", HOUR_BEFORE, T);
        assertThat(published()).containsExactly(text("ev-1", 0, OPEN));
        flow.accessed(event("ev-2", last).byEmployee("E-1"));
        assertThat(published()).containsExactly(text("ev-2", 0, OPEN));
        assertThat(publishedInTheEnd()).isEmpty();
    }

    @Test
    void aGatewaysChangeThatConcernsSeveralLanesCostsOnePortion() {
        flow.located("E-1", "IE", LONG_BEFORE);
        exported("by-service");
        flow.accessed(event("by-person", T).byEmployee("E-1").to("JP").via("G-1"));
        assertThat(published()).hasSize(2);

        flow.approved("G-1", "JP", HOUR_BEFORE);
        assertThat(published()).hasSize(1);
        assertThat(publishedInTheEnd()).hasSize(1);
    }

    @Test
    void aGatewaysChangeComesToWhatHasArrivedMeanwhile() {
        exported("ev-1");
        exported("ev-2");
        flow.approved("G-1", "JP", HOUR_BEFORE);
        flow.accessed(event("ev-3", LATER).to("JP").via("G-1"));
        flow.violations();

        flow.disapproved("G-1", LATER.minus(Duration.ofHours(1)));
        assertThat(publishedInTheEnd()).contains(text("ev-3", 0, OPEN));
    }

    @Test
    void aDuplicateFindsItsEventAsTheFactsHaveIt() {
        exported("ev-1");
        exported("ev-2");
        flow.approved("G-1", "JP", HOUR_BEFORE);
        publishedInTheEnd();

        flow.disapproved("G-1", HOUR_BEFORE.plusMillis(1));
        assertThat(published()).containsExactly(text("ev-1", 2, AMENDED));
        exported("ev-2");
        Violation revised = flow.violation();
        assertThat(text(revised.getEventId(), revised.getRevision(), revised.getStatus()))
                .isEqualTo(text("ev-2", 2, AMENDED));
        assertThat(revised.getCause()).isEqualTo("gateways/G-1 effective " + HOUR_BEFORE.plusMillis(1));
        assertThat(publishedInTheEnd()).isEmpty();
        assertThat(flow.outcomes()).isEqualTo(Map.of(Outcome.VIOLATION, 2L, Outcome.DUPLICATE, 1L));
    }

    @Test
    void aDuplicateByAPersonFindsItsEventAsTheLocationsHaveIt() {
        flow.located("E-1", "JP", LONG_BEFORE);
        flow.accessed(event("ev-1", T).byEmployee("E-1"));
        flow.accessed(event("ev-2", T).byEmployee("E-1"));
        flow.located("E-1", "IE", HOUR_BEFORE, T);
        publishedInTheEnd();

        flow.located("E-1", "JP", HOUR_BEFORE, T.plusMillis(1));
        assertThat(published()).containsExactly(text("ev-1", 2, AMENDED));
        flow.accessed(event("ev-2", T).byEmployee("E-1"));
        Violation revised = flow.violation();
        assertThat(text(revised.getEventId(), revised.getRevision(), revised.getStatus()))
                .isEqualTo(text("ev-2", 2, AMENDED));
        assertThat(revised.getCause()).isEqualTo("employee-locations/E-1 effective " + HOUR_BEFORE);
        assertThat(publishedInTheEnd()).isEmpty();
        assertThat(flow.outcomes()).isEqualTo(Map.of(Outcome.VIOLATION, 2L, Outcome.DUPLICATE, 1L));
    }
}
