package eu.cloverwatch.runtime;

import eu.cloverwatch.internal.v1.LedgerHead;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.topology.OutcomeNumbers;
import eu.cloverwatch.topology.StateStores;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the state says of the work of the partitions that this instance has. */
final class StateView {

    private static final Logger log = LoggerFactory.getLogger(StateView.class);

    private StateView() {}

    /**
     * Number of events by outcome, all eight; empty while the state is being moved or restored, and after the end. An epoch that
     * is closed in between is left out rather than counted twice.
     */
    static Optional<Map<Outcome, Long>> outcomes(KafkaStreams streams) {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            sums.put(outcome, 0L);
        }
        Consumer<Outcomes> add = outcomes ->
                OutcomeNumbers.all(outcomes).forEach((outcome, count) -> sums.merge(outcome, count, Long::sum));
        boolean wasRunning = streams.state() == KafkaStreams.State.RUNNING;
        each(streams, StateStores.LEDGER, (LedgerHead head) -> add.accept(head.getOutcomes()));
        each(streams, StateStores.OPEN_EPOCHS, (OpenEpoch epoch) -> add.accept(epoch.getOutcomes()));
        each(streams, StateStores.OUTCOMES_ELSEWHERE, add);
        return wasRunning && streams.state() == KafkaStreams.State.RUNNING ? Optional.of(sums) : Optional.empty();
    }

    /** Pieces of work that were found and not done yet. */
    static long pending(KafkaStreams streams) {
        List<Object> pieces = new ArrayList<>();
        StateStores.WORK.forEach(store -> each(streams, store, pieces::add));
        return pieces.size();
    }

    /**
     * Goes through the values of a store, of all partitions. An instance may have partitions of one kind only: then the other has
     * nothing to add.
     */
    private static <V> void each(KafkaStreams streams, String name, Consumer<V> sink) {
        try {
            ReadOnlyKeyValueStore<Object, V> store =
                    streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
            // all() goes through every partition of the instance; get() would stop at the first that has the key.
            try (KeyValueIterator<Object, V> entries = store.all()) {
                entries.forEachRemaining(entry -> sink.accept(entry.value));
            }
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // None of its partitions are here, or Streams has ended, which it may at any time.
            log.trace("{} is not to be had: {}", name, e.getMessage());
        }
    }
}
