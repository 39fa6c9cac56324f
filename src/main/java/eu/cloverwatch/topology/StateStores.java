package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.ChainLink;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentState;
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

/** All the state there is; every store has a changelog. Names are promises: state is found again by them. */
public final class StateStores {

    /** Where the ledger of a source partition stands. */
    public static final String LEDGER = "ledger";

    /** Epochs of the ledger that are not published yet. */
    public static final String OPEN_EPOCHS = "open-epochs";

    /** Outcomes, by epoch, of events that did not end where they were read. */
    public static final String OUTCOMES_ELSEWHERE = "outcomes-elsewhere";

    /** Locations by employee id. */
    static final String LOCATIONS = "locations";

    static final String LOCATION_EXPIRIES = "location-expiries";

    /** Accesses of the look-back by persons. */
    static final String RECENT_ACCESSES = "recent-accesses";

    static final String ACCESSES_BY_TIME = "recent-accesses-by-time";

    /** The greatest event time seen, by source partition. */
    static final String ACTOR_STREAM_TIMES = "actor-stream-times";

    /** What late locations have left to be judged again. */
    static final String ACTOR_REVISITS = "actor-revisits";

    /** Outcomes that the ledger was not told yet. */
    static final String ACTOR_OUTCOMES = "actor-outcomes";

    /** Consents by subject id. */
    static final String CONSENTS = "consents";

    static final String CONSENT_EXPIRIES = "consent-expiries";

    /** Candidates of the look-back that were judged. */
    static final String RECENT_CANDIDATES = "recent-candidates";

    static final String RECENT_BY_TIME = "recent-candidates-by-time";

    static final String STREAM_TIMES = "stream-times";

    /** How far the gateways were followed. */
    static final String GATEWAY_HORIZON = "gateway-horizon";

    static final String EGRESS_REVISITS = "egress-revisits";

    static final String EGRESS_OUTCOMES = "egress-outcomes";

    /** Ends of the hash chains of violations. */
    static final String CHAIN = "violation-chain";

    /** Incidents of actors, by the time of the first violation. */
    static final String INCIDENTS = "incidents";

    /** The violations that belong to incidents. */
    static final String INCIDENT_MEMBERS = "incident-members";

    /** Where each data subject occurs among them. */
    static final String INCIDENT_SUBJECTS = "incident-subjects";

    /** When incidents are to be closed and forgotten. */
    static final String INCIDENT_TIMERS = "incident-timers";

    /** Incidents that have changed since they were published. */
    static final String UNPUBLISHED_INCIDENTS = "unpublished-incidents";

    static final List<String> OF_INCIDENTS = List.of(INCIDENTS, INCIDENT_MEMBERS, INCIDENT_SUBJECTS, INCIDENT_TIMERS);

    /** The stores whose entries are work that is still to be done. */
    public static final List<String> WORK =
            List.of(ACTOR_REVISITS, ACTOR_OUTCOMES, EGRESS_REVISITS, EGRESS_OUTCOMES, UNPUBLISHED_INCIDENTS);

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
                small(CHAIN, TEXT, avro(ChainLink.getClassSchema(), ChainLink.class)),
                large(INCIDENTS, BYTES, avro(IncidentState.getClassSchema(), IncidentState.class)),
                large(INCIDENT_MEMBERS, BYTES, avro(Contribution.getClassSchema(), Contribution.class)),
                large(INCIDENT_SUBJECTS, BYTES, BYTES),
                large(INCIDENT_TIMERS, BYTES, BYTES),
                small(UNPUBLISHED_INCIDENTS, BYTES, BYTES));
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
