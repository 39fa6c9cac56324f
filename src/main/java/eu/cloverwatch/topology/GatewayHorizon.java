package eu.cloverwatch.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * How far this partition has followed the gateways. What it judges must not rest on less: not here, where the broadcast may be a
 * moment behind, nor on another instance, where the partition may move.
 */
final class GatewayHorizon {

    private final KeyValueStore<String, Long> store;
    private final BroadcastFacts facts;

    /** By partition of the gateways topic: the offset that is still to be waited for. */
    private final Map<Integer, Long> awaited = new HashMap<>();

    /** @param store by partition of the gateways topic: the offset of the last change that came */
    GatewayHorizon(KeyValueStore<String, Long> store, BroadcastFacts facts) {
        this.store = store;
        this.facts = facts;
        try (KeyValueIterator<String, Long> all = store.all()) {
            all.forEachRemaining(entry -> awaited.put(Integer.valueOf(entry.key), entry.value));
        }
    }

    void advance(int partition, long offset) {
        store.put(Integer.toString(partition), offset);
        awaited.put(partition, offset);
        await();
    }

    /** Waits until the broadcast has read all that this partition was told of. */
    void await() {
        awaited.forEach(facts::awaitGateway);
        awaited.clear();
    }
}
