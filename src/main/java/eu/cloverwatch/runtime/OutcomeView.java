package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.topology.FlowTopology;
import java.util.EnumMap;
import java.util.List;
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

    /** Empty while a partition's count cannot be read, and when it is not running any more. */
    static Optional<Map<Outcome, Long>> of(KafkaStreams streams) {
        Map<Outcome, Long> sums = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            sums.put(outcome, 0L);
        }
        try {
            for (String name : List.of(FlowTopology.FLOW_OUTCOMES, FlowTopology.EGRESS_OUTCOMES)) {
                ReadOnlyKeyValueStore<String, Long> store =
                        streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
                // all() goes through every partition of the instance; get() would stop at the first that has the key.
                try (KeyValueIterator<String, Long> counts = store.all()) {
                    counts.forEachRemaining(count -> sums.merge(Outcome.valueOf(count.key), count.value, Long::sum));
                }
            }
            return Optional.of(sums);
        } catch (InvalidStateStoreException | IllegalStateException e) {
            // The latter is how Streams says that it has ended, which it may at any time.
            return Optional.empty();
        }
    }
}
