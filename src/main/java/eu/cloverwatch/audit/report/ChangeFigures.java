package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Change;
import java.util.ArrayList;
import java.util.List;

/** What another view would have judged differently. */
final class ChangeFigures {

    private final int limit;
    private final Counts outcomes = new Counts();
    private final List<Change> first = new ArrayList<>();
    private long total;

    /** @param limit how many to hold in full */
    ChangeFigures(int limit) {
        this.limit = limit;
    }

    void add(Change change) {
        total++;
        outcomes.add(change.before().outcome() + " -> " + change.after().outcome());
        if (first.size() < limit) {
            first.add(change);
        }
    }

    long total() {
        return total;
    }

    /** By what they were and what they came to be, {@code IN_REGION -> VIOLATION}. */
    Counts outcomes() {
        return outcomes;
    }

    /** In the order given. */
    List<Change> first() {
        return first;
    }
}
