package eu.cloverwatch.topology;

import eu.cloverwatch.model.Outcome;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How many records ended how, kept in a store so that the counts are as exactly-once as the verdicts: a count survives
 * restarts and moves with its partition.
 */
final class OutcomeCounts {

    private final KeyValueStore<String, Long> store;

    OutcomeCounts(KeyValueStore<String, Long> store) {
        this.store = store;
    }

    void add(Outcome outcome) {
        Long before = store.get(outcome.name());
        store.put(outcome.name(), before == null ? 1 : before + 1);
    }
}
