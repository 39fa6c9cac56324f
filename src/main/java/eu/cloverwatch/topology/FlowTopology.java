package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.ChainLink;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/**
 * From access events to violations. Names of nodes, stores and internal topics are promises: state is found again by them.
 */
public final class FlowTopology {

    /** Consents by subject id: the timelines of the subjects of a partition. */
    public static final String CONSENTS = "consents";

    /** Candidates of the look-back that were judged. */
    public static final String RECENT_CANDIDATES = "recent-candidates";

    /** Their keys, by source partition and event time. */
    public static final String RECENT_BY_TIME = "recent-candidates-by-time";

    /** The greatest event time seen, by source partition. */
    public static final String STREAM_TIMES = "stream-times";

    /** Number of events by outcome, of those that policy and location settle, and of those that they do not. */
    public static final String FLOW_OUTCOMES = "flow-outcomes";

    public static final String EGRESS_OUTCOMES = "egress-outcomes";

    /** Ends of the hash chains of violations. */
    public static final String CHAIN = "violation-chain";

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final TopologySettings settings;
    private final RecordSerde serde;
    private final BroadcastFacts facts;
    private final FactDecoder factDecoder;
    private final AccessEventDecoder eventDecoder;
    private final StreamsBuilder builder;

    private FlowTopology(TopologySettings settings, RecordSerde serde, BroadcastFacts facts, StreamsConfig config) {
        this.settings = settings;
        this.serde = serde;
        this.facts = facts;
        this.factDecoder = new FactDecoder(serde, settings);
        this.eventDecoder = new AccessEventDecoder(serde);
        this.builder = new StreamsBuilder(new TopologyConfig(config));
    }

    /** @param facts filled before the first record is processed, and kept up to date, by {@link FactBroadcast} */
    public static Topology build(
            TopologySettings settings, RecordSerde serde, BroadcastFacts facts, StreamsConfig config) {
        return new FlowTopology(settings, serde, facts, config).build();
    }

    private Topology build() {
        addStores();
        KStream<byte[], Routed> judged = source(Topic.ACCESS_EVENTS)
                .process(() -> new JudgeFlow(eventDecoder, facts), Named.as("judge-flow"), FLOW_OUTCOMES);
        rejects(judged, "judge-flow");

        KStream<byte[], Routed> concluded = bySubject(judged)
                .process(
                        () -> new JudgeEgress(settings, eventDecoder, facts),
                        Named.as("judge-egress"),
                        CONSENTS,
                        RECENT_CANDIDATES,
                        RECENT_BY_TIME,
                        STREAM_TIMES,
                        EGRESS_OUTCOMES,
                        CHAIN);
        violations(concluded);
        rejects(concluded, "judge-egress");

        rejects(
                source(Topic.CONSENTS)
                        .process(
                                () -> new RememberConsents(factDecoder, settings.subjectPartitions()),
                                Named.as("remember-consents"),
                                CONSENTS),
                "remember-consents");
        for (Topic topic : FactBroadcast.TOPICS) {
            rejects(
                    source(topic)
                            .process(
                                    () -> new AdmitFacts(factDecoder, Map.of(settings.name(topic), topic)),
                                    Named.as("admit-" + topicNode(topic))),
                    "admit-" + topicNode(topic));
        }
        return builder.build();
    }

    private void addStores() {
        StoreBuilders stores = new StoreBuilders(settings);
        builder.addStateStore(stores.large(
                CONSENTS, Serdes.String(), new StateCodec<>(ConsentTimeline.getClassSchema(), ConsentTimeline.class)));
        builder.addStateStore(stores.large(
                RECENT_CANDIDATES, BYTES, new StateCodec<>(RecentCandidate.getClassSchema(), RecentCandidate.class)));
        builder.addStateStore(stores.large(RECENT_BY_TIME, BYTES, BYTES));
        builder.addStateStore(stores.small(STREAM_TIMES, Serdes.Long()).withCachingEnabled());
        builder.addStateStore(stores.small(FLOW_OUTCOMES, Serdes.Long()).withCachingEnabled());
        builder.addStateStore(stores.small(EGRESS_OUTCOMES, Serdes.Long()).withCachingEnabled());
        builder.addStateStore(stores.small(CHAIN, new StateCodec<>(ChainLink.getClassSchema(), ChainLink.class)));
    }

    /** Raw bytes: what cannot be read is rejected by the processors, with the reason. */
    private KStream<byte[], byte[]> source(Topic topic) {
        return builder.stream(
                settings.name(topic),
                Consumed.with(BYTES, BYTES)
                        .withName(topicNode(topic))
                        .withTimestampExtractor((record, partitionTime) -> Math.max(0, record.timestamp())));
    }

    private KStream<byte[], Candidate> bySubject(KStream<byte[], Routed> judged) {
        return judged.filter((key, routed) -> routed instanceof Routed.ToSubject, Named.as("candidates"))
                .mapValues(routed -> ((Routed.ToSubject) routed).candidate(), Named.as("candidate"))
                .repartition(Repartitioned.<byte[], Candidate>as("by-subject")
                        .withKeySerde(BYTES)
                        .withValueSerde(new StateCodec<>(Candidate.getClassSchema(), Candidate.class))
                        .withNumberOfPartitions(settings.subjectPartitions()));
    }

    private void violations(KStream<byte[], Routed> concluded) {
        String topic = settings.name(Topic.VIOLATIONS);
        Serde<Violation> avro =
                Serdes.serdeFrom((name, violation) -> serde.serialize(topic, violation), (name, bytes) ->
                        (Violation) serde.deserialize(topic, bytes, Violation.getClassSchema()));
        concluded
                .filter((key, routed) -> routed instanceof Routed.Found, Named.as("found"))
                .mapValues(routed -> ((Routed.Found) routed).violation(), Named.as("violation"))
                .to(topic, Produced.with(BYTES, avro).withName("violations"));
    }

    /** A sink of its own for each: a common one would make one sub-topology of all. */
    private void rejects(KStream<byte[], Routed> stream, String from) {
        stream.filter((key, routed) -> routed instanceof Routed.Rejected, Named.as(from + "-rejected"))
                .mapValues(routed -> ((Routed.Rejected) routed).value(), Named.as(from + "-rejected-value"))
                .to(settings.name(Topic.REJECTS), Produced.with(BYTES, BYTES).withName(from + "-rejects"));
    }

    /** The topic's own name, whatever it is called in this cluster: {@code access-events.v1} is access-events. */
    private static String topicNode(Topic topic) {
        return topic.baseName().replace(".v1", "");
    }
}
