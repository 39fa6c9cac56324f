package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the events that one task went through. Not safe for use by several threads. */
final class Tally {

    private final long[] outcomes = new long[Outcome.values().length];
    private final Rejects rejects = new Rejects();

    void count(Outcome outcome) {
        outcomes[outcome.ordinal()]++;
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
            sum.put(
                    outcome,
                    tallies.stream()
                            .mapToLong(tally -> tally.outcomes[outcome.ordinal()])
                            .sum());
        }
        return sum;
    }
}
