package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Replayed.Rejected;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the events that one task went through. Not safe for use by several threads. */
final class Tally {

    /** Of one partition, or bucket: a topic of nothing but garbage does not fill the memory. */
    static final int MAX_REJECTED = 10_000;

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final List<Rejected> rejected = new ArrayList<>();

    void count(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }

    void reject(Origin origin, String reason) {
        count(Outcome.REJECTED);
        if (rejected.size() < MAX_REJECTED) {
            rejected.add(new Rejected(origin, reason));
        }
    }

    List<Rejected> rejected() {
        return rejected;
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
