package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.FlowTopology.ACCESSES_BY_TIME;
import static eu.cloverwatch.topology.FlowTopology.ACTOR_OUTCOMES;
import static eu.cloverwatch.topology.FlowTopology.ACTOR_REVISITS;
import static eu.cloverwatch.topology.FlowTopology.ACTOR_STREAM_TIMES;
import static eu.cloverwatch.topology.FlowTopology.CHAIN;
import static eu.cloverwatch.topology.FlowTopology.CONSENTS;
import static eu.cloverwatch.topology.FlowTopology.CONSENT_EXPIRIES;
import static eu.cloverwatch.topology.FlowTopology.EGRESS_OUTCOMES;
import static eu.cloverwatch.topology.FlowTopology.EGRESS_REVISITS;
import static eu.cloverwatch.topology.FlowTopology.GATEWAY_HORIZON;
import static eu.cloverwatch.topology.FlowTopology.LEDGER;
import static eu.cloverwatch.topology.FlowTopology.LOCATIONS;
import static eu.cloverwatch.topology.FlowTopology.LOCATION_EXPIRIES;
import static eu.cloverwatch.topology.FlowTopology.OPEN_EPOCHS;
import static eu.cloverwatch.topology.FlowTopology.OUTCOMES_ELSEWHERE;
import static eu.cloverwatch.topology.FlowTopology.RECENT_ACCESSES;
import static eu.cloverwatch.topology.FlowTopology.RECENT_BY_TIME;
import static eu.cloverwatch.topology.FlowTopology.RECENT_CANDIDATES;
import static eu.cloverwatch.topology.FlowTopology.STREAM_TIMES;

import eu.cloverwatch.internal.v1.ChainLink;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.LedgerHead;
import eu.cloverwatch.internal.v1.LocationTimeline;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.internal.v1.RecentAccess;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.internal.v1.Revisit;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** All the state there is; every store has a changelog. */
final class StateStores {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();
    private static final Serde<String> TEXT = Serdes.String();
    private static final Serde<Long> NUMBER = Serdes.Long();

    private final TopologySettings settings;

    StateStores(TopologySettings settings) {
        this.settings = settings;
    }

    List<StoreBuilder<?>> all() {
        return List.of(
                small(LEDGER, TEXT, avro(LedgerHead.getClassSchema(), LedgerHead.class)),
                small(OPEN_EPOCHS, NUMBER, avro(OpenEpoch.getClassSchema(), OpenEpoch.class))
                        .withCachingEnabled(),
                small(OUTCOMES_ELSEWHERE, NUMBER, avro(Outcomes.getClassSchema(), Outcomes.class)),
                large(LOCATIONS, TEXT, avro(LocationTimeline.getClassSchema(), LocationTimeline.class)),
                large(LOCATION_EXPIRIES, BYTES, BYTES),
                large(RECENT_ACCESSES, BYTES, avro(RecentAccess.getClassSchema(), RecentAccess.class)),
                large(ACCESSES_BY_TIME, BYTES, BYTES),
                small(ACTOR_STREAM_TIMES, TEXT, NUMBER).withCachingEnabled(),
                small(ACTOR_REVISITS, NUMBER, avro(Revisit.getClassSchema(), Revisit.class)),
                small(ACTOR_OUTCOMES, TEXT, avro(OutcomeDelta.getClassSchema(), OutcomeDelta.class))
                        .withCachingEnabled(),
                large(CONSENTS, TEXT, avro(ConsentTimeline.getClassSchema(), ConsentTimeline.class)),
                large(CONSENT_EXPIRIES, BYTES, BYTES),
                large(RECENT_CANDIDATES, BYTES, avro(RecentCandidate.getClassSchema(), RecentCandidate.class)),
                large(RECENT_BY_TIME, BYTES, BYTES),
                small(STREAM_TIMES, TEXT, NUMBER).withCachingEnabled(),
                small(GATEWAY_HORIZON, TEXT, NUMBER),
                small(EGRESS_REVISITS, NUMBER, avro(Revisit.getClassSchema(), Revisit.class)),
                small(EGRESS_OUTCOMES, TEXT, avro(OutcomeDelta.getClassSchema(), OutcomeDelta.class))
                        .withCachingEnabled(),
                small(CHAIN, TEXT, avro(ChainLink.getClassSchema(), ChainLink.class)));
    }

    private static <T extends SpecificRecord> StateCodec<T> avro(Schema schema, Class<T> type) {
        return new StateCodec<>(schema, type);
    }

    /** A table that may be large. */
    private <K, V> StoreBuilder<KeyValueStore<K, V>> large(String name, Serde<K> keys, Serde<V> values) {
        KeyValueBytesStoreSupplier supplier = settings.stores() == TopologySettings.StoreKind.IN_MEMORY
                ? Stores.inMemoryKeyValueStore(name)
                : Stores.persistentKeyValueStore(name);
        return Stores.keyValueStoreBuilder(supplier, keys, values);
    }

    /** A handful of entries, always in memory. */
    private static <K, V> StoreBuilder<KeyValueStore<K, V>> small(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values);
    }
}
