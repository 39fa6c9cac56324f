package eu.cloverwatch.topology;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.AvroRecords;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to be published of a violation, given what was published of it before and what the event is judged as now. */
final class Revisions {

    private static final Evidence NO_EVIDENCE = Evidence.newBuilder()
            .setTopic("")
            .setPartition(0)
            .setOffset(0)
            .setPolicySha256("")
            .build();
    private static final Chain NO_CHAIN = new Chain("", 0L, AvroRecords.NOTHING, AvroRecords.NOTHING);

    private final Pseudonyms pseudonyms;

    Revisions(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /**
     * The next revision, not yet in a chain; empty if there is nothing to say that was not said.
     *
     * @param last the revision published last, null if none was
     * @param cause the fact that led to the judgement, null if the event itself did
     */
    Optional<Violation> next(
            @Nullable Violation last,
            AccessEvent event,
            Judgement judgement,
            Origin origin,
            @Nullable String cause,
            Instant detectedAt) {
        if (judgement.findings().isEmpty()) {
            return last == null || last.getStatus() == ViolationStatus.WITHDRAWN
                    ? Optional.empty()
                    : Optional.of(asNamedBefore(last, withdrawn(last, event, judgement, origin, cause, detectedAt)));
        }
        Violation found = AvroRecords.violation(event, judgement, origin, pseudonyms, detectedAt);
        found.setCause(cause);
        if (last == null) {
            return Optional.of(found);
        }
        asNamedBefore(last, found);
        found.setRevision(last.getRevision() + 1);
        found.setStatus(ViolationStatus.AMENDED);
        return last.getStatus() != ViolationStatus.WITHDRAWN && claim(last).equals(claim(found))
                ? Optional.empty()
                : Optional.of(found);
    }

    /**
     * A violation keeps the pseudonym that it was found with, though the key was changed since: a new name is nothing that a fact
     * has led to, and the two side by side would tell whose the old ones are.
     */
    private static Violation asNamedBefore(Violation last, Violation revision) {
        String before = last.getSubject().getPseudonym();
        String now = revision.getSubject().getPseudonym();
        if (before != null && now != null && !before.equals(now)) {
            revision.getSubject().setPseudonym(before);
            String cause = revision.getCause();
            revision.setCause(cause == null ? null : cause.replace(now, before));
        }
        return revision;
    }

    /** Repeats what it withdraws, so that the last record of a violation says what it was; all else is as known now. */
    private Violation withdrawn(
            Violation last,
            AccessEvent event,
            Judgement judgement,
            Origin origin,
            @Nullable String cause,
            Instant detectedAt) {
        Violation withdrawn = AvroRecords.withdrawal(event, judgement, origin, pseudonyms, detectedAt, last);
        withdrawn.setRevision(last.getRevision() + 1);
        withdrawn.setStatus(ViolationStatus.WITHDRAWN);
        withdrawn.setCause(cause);
        return withdrawn;
    }

    /** All that makes a revision: the record without times, cause, evidence and chain, and without its number. */
    private static Violation claim(Violation violation) {
        return Violation.newBuilder(violation)
                .setRevision(0)
                .setStatus(ViolationStatus.OPEN)
                .setOccurredAt(Instant.EPOCH)
                .setDetectedAt(Instant.EPOCH)
                .setCause(null)
                .setEvidence(NO_EVIDENCE)
                .setChain(NO_CHAIN)
                .build();
    }
}
