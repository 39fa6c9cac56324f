package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * An event that is judged differently once more was known, or by another policy.
 *
 * @param kind which other view it is about
 * @param before LATER_FACTS: as known at {@code --known-at}; OTHER_POLICY: by the policies that were in force
 * @param after LATER_FACTS: as known now; OTHER_POLICY: by the policy that was given
 * @param why the facts, or the findings, that make the difference; for a person, without a subject's id
 */
public record Change(
        Kind kind,
        String eventId,
        Instant occurredAt,
        String actorId,
        Origin origin,
        Judged before,
        Judged after,
        List<String> why) {

    /** What made the difference. */
    public enum Kind {
        LATER_FACTS,
        OTHER_POLICY
    }

    /** @param severity null without findings */
    public record Judged(
            Outcome outcome,
            SortedSet<String> rules,
            @Nullable Severity severity) {}
}
