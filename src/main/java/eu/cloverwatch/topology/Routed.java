package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.Violation;
import org.jspecify.annotations.Nullable;

/** What a processor sends on. The stream's key is that of the topic it goes to. */
sealed interface Routed {

    /** To the actor's partition. */
    record ToActor(Candidate candidate) implements Routed {}

    /** To the subject's partition. */
    record ToSubject(Candidate candidate) implements Routed {}

    /** To every partition of subjects. */
    record ToSubjects(GatewayChange change) implements Routed {}

    /** To the partition where the events were read. */
    record ToSource(OutcomeDelta outcomes) implements Routed {}

    /** To the violations topic. */
    record Found(Violation violation) implements Routed {}

    /** To the partition of the actor, for incidents. */
    record ToIncidents(IncidentChange change) implements Routed {}

    /** To the incidents topic. */
    record Grouped(Incident incident) implements Routed {}

    /** To the topics of OCSF findings, as JSON in UTF-8. */
    record Reported(byte[] json) implements Routed {}

    /** To the ledger topic. */
    record Closed(LedgerEpoch epoch) implements Routed {}

    /** To the rejects topic, as it came; reason and origin are in the headers. */
    record Rejected(byte @Nullable [] value) implements Routed {}
}
