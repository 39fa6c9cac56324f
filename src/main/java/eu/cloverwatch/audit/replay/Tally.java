package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the events that one task went through. Not safe for use by several threads. */
final class Tally {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Rejects rejects = new Rejects();

    void count(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    void reject(Origin origin, String reason) {
        count(Outcome.REJECTED);
        rejects.add(origin, reason);
    }

    Rejects rejects() {
        return rejects;
    }

    /** All eight. */
    static Map<Outcome, Long> sum(List<Tally> tallies) {
        Map<Outcome, Long> sum = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            sum.put(outcome, 0L);
        }
        tallies.forEach(tally -> tally.outcomes.forEach((outcome, count) -> sum.merge(outcome, count, Long::sum)));
        return sum;
    }
}
