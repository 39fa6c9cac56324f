package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.model.Outcome;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Outcomes of events that ended here, added up by source partition and epoch until they are sent to the ledger; in a store, as
 * the events are not read again.
 */
final class PendingOutcomes {

    private final KeyValueStore<String, OutcomeDelta> store;

    PendingOutcomes(KeyValueStore<String, OutcomeDelta> store) {
        this.store = store;
    }

    /** Counts the first outcome of an event. */
    void add(Candidate event, Outcome outcome) {
        if (event.getEpoch() < 0) {
            return;
        }
        int partition = event.getOrigin().getPartition();
        String key = partition + "/" + event.getEpoch();
        OutcomeDelta delta = store.get(key);
        if (delta == null) {
            delta = new OutcomeDelta(partition, event.getEpoch(), OutcomeNumbers.none());
        }
        OutcomeNumbers.add(delta.getOutcomes(), outcome);
        store.put(key, delta);
    }

    boolean isEmpty() {
        try (KeyValueIterator<String, OutcomeDelta> all = store.all()) {
            return !all.hasNext();
        }
    }

    /** Sends everything to the ledger; with the least timestamp, so that it goes before more events are read. */
    void send(Consumer<Record<byte[], Routed>> sink) {
        List<String> sent = new ArrayList<>();
        try (KeyValueIterator<String, OutcomeDelta> all = store.all()) {
            all.forEachRemaining(entry -> {
                byte[] key = ByteBuffer.allocate(Integer.BYTES)
                        .putInt(entry.value.getPartition())
                        .array();
                sink.accept(new Record<>(key, new Routed.ToSource(entry.value), 0));
                sent.add(entry.key);
            });
        }
        sent.forEach(store::delete);
    }
}
