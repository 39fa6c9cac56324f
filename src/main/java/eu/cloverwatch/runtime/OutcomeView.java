package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.topology.FlowTopology;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Adds up the outcomes that the partitions of this instance have counted. */
final class OutcomeView {

    private OutcomeView() {}

    /** Empty while the state is being moved or restored, and after the end. */
    static Optional<Map<Outcome, Long>> of(KafkaStreams streams) {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            sums.put(outcome, 0L);
        }
        boolean any = add(streams, FlowTopology.FLOW_OUTCOMES, sums) | add(streams, FlowTopology.EGRESS_OUTCOMES, sums);
        return any && streams.state() == KafkaStreams.State.RUNNING ? Optional.of(sums) : Optional.empty();
    }

    /** An instance may have partitions of one kind only: then the other has nothing to add. */
    private static boolean add(KafkaStreams streams, String name, Map<Outcome, Long> sums) {
        try {
            ReadOnlyKeyValueStore<String, Long> store =
                    streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
            // all() goes through every partition of the instance; get() would stop at the first that has the key.
            try (KeyValueIterator<String, Long> counts = store.all()) {
                counts.forEachRemaining(count -> sums.merge(Outcome.valueOf(count.key), count.value, Long::sum));
            }
            return true;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // The latter is how Streams says that it has ended, which it may at any time.
            return false;
        }
    }
}
