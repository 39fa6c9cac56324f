package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.replay.Comparison.Said;
import eu.cloverwatch.audit.replay.View.Evidence;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all events of a replay.
 *
 * @param view that the replay is about
 * @param comparisons other views, and what is asked of them
 * @param lookback for how long the monitor remembers the ids of events
 * @param witness null: nobody asks
 */
record Judging(
        ReplayRequest request,
        View view,
        List<Comparison> comparisons,
        Pseudonyms pseudonyms,
        OrderedSpill<Violation> violations,
        OrderedSpill<Change> changes,
        Duration lookback,
        @Nullable Witness witness) {

    boolean isAbout(Instant t) {
        return !t.isBefore(request.from()) && t.isBefore(request.to());
    }

    boolean isWanted(@Nullable String actor) {
        return request.actor() == null || request.actor().equals(actor);
    }

    boolean isWanted(Set<String> rules) {
        return request.rule() == null || rules.contains(request.rule().name());
    }

    /** Tells what the other views say differently. */
    void compare(AccessEvent event, Origin origin, Said primary, List<Said> others) {
        for (int i = 0; i < others.size(); i++) {
            Change change = comparisons.get(i).change(event, origin, primary, others.get(i), pseudonyms);
            if (change != null && isWanted(rules(change))) {
                changes.add(event.eventId(), origin, change);
            }
        }
    }

    private static Set<String> rules(Change change) {
        TreeSet<String> rules = new TreeSet<>(change.before().rules());
        rules.addAll(change.after().rules());
        return rules;
    }

    Said say(View by, AccessEvent event, NaiveFacts consents) {
        Evidence evidence = by.evidence(event, consents);
        if (by.equals(view)) {
            tellWitness(event, evidence);
        }
        return Said.of(evidence.judge(event), evidence);
    }

    /** All that is left to do of an event that is settled, if there are no comparisons. */
    void tellWitness(AccessEvent event, NaiveFacts consents) {
        if (witness != null) {
            tellWitness(event, view.evidence(event, consents));
        }
    }

    private void tellWitness(AccessEvent event, Evidence evidence) {
        if (witness != null) {
            witness.judged(event, evidence.used(event, pseudonyms));
        }
    }
}
