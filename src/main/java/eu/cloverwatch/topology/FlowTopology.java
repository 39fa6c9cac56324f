package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.StateStores.ACCESSES_BY_TIME;
import static eu.cloverwatch.topology.StateStores.ACTOR_OUTCOMES;
import static eu.cloverwatch.topology.StateStores.ACTOR_REVISITS;
import static eu.cloverwatch.topology.StateStores.ACTOR_STREAM_TIMES;
import static eu.cloverwatch.topology.StateStores.CHAIN;
import static eu.cloverwatch.topology.StateStores.CONSENTS;
import static eu.cloverwatch.topology.StateStores.CONSENT_EXPIRIES;
import static eu.cloverwatch.topology.StateStores.EGRESS_OUTCOMES;
import static eu.cloverwatch.topology.StateStores.EGRESS_REVISITS;
import static eu.cloverwatch.topology.StateStores.GATEWAY_HORIZON;
import static eu.cloverwatch.topology.StateStores.INCIDENTS;
import static eu.cloverwatch.topology.StateStores.INCIDENT_MEMBERS;
import static eu.cloverwatch.topology.StateStores.INCIDENT_SUBJECTS;
import static eu.cloverwatch.topology.StateStores.INCIDENT_TIMERS;
import static eu.cloverwatch.topology.StateStores.LEDGER;
import static eu.cloverwatch.topology.StateStores.LOCATIONS;
import static eu.cloverwatch.topology.StateStores.LOCATION_EXPIRIES;
import static eu.cloverwatch.topology.StateStores.OPEN_EPOCHS;
import static eu.cloverwatch.topology.StateStores.OUTCOMES_ELSEWHERE;
import static eu.cloverwatch.topology.StateStores.RECENT_ACCESSES;
import static eu.cloverwatch.topology.StateStores.RECENT_BY_TIME;
import static eu.cloverwatch.topology.StateStores.RECENT_CANDIDATES;
import static eu.cloverwatch.topology.StateStores.STREAM_TIMES;
import static eu.cloverwatch.topology.StateStores.UNPUBLISHED_INCIDENTS;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordTime;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
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
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * From access events to violations and the ledger. Names of nodes and internal topics are promises: state is found again
 * by them, and by the names of the {@link StateStores}.
 */
public final class FlowTopology {

    /** How soon what is pending goes on. */
    static final Duration SOON = Duration.ofMillis(100);

    /** How often what is due is dropped. */
    static final Duration NOW_AND_THEN = Duration.ofMinutes(1);

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final TopologySettings settings;
    private final RecordSerde serde;
    private final BroadcastFacts facts;
    private final LateFacts lateFacts;
    private final OutcomeDelays delays;
    private final FactDecoder factDecoder;
    private final AccessEventDecoder eventDecoder;
    private final StreamsBuilder builder;

    private FlowTopology(
            TopologySettings settings,
            RecordSerde serde,
            BroadcastFacts facts,
            LateFacts lateFacts,
            OutcomeDelays delays,
            StreamsConfig config) {
        this.settings = settings;
        this.serde = serde;
        this.facts = facts;
        this.lateFacts = lateFacts;
        this.delays = delays;
        this.factDecoder = new FactDecoder(serde, settings);
        this.eventDecoder = new AccessEventDecoder(serde);
        this.builder = new StreamsBuilder(new TopologyConfig(config));
    }

    /**
     * @param lateFacts counts those that reach back beyond the look-back
     * @param delays is told of records that have no outcome yet
     * @param facts filled before the first record is processed, and kept up to date, by
     *     {@link FactBroadcast}
     */
    public static Topology build(
            TopologySettings settings,
            RecordSerde serde,
            BroadcastFacts facts,
            LateFacts lateFacts,
            OutcomeDelays delays,
            StreamsConfig config) {
        return new FlowTopology(settings, serde, facts, lateFacts, delays, config).build();
    }

    private Topology build() {
        new StateStores(settings).all().forEach(builder::addStateStore);
        admit(Topic.POLICIES);
        KStream<byte[], GatewayChange> gatewayChanges = gatewayChanges(admit(Topic.GATEWAYS));
        KStream<byte[], Routed> flows = judgeFlow();
        KStream<byte[], Routed> accesses = watchActor(byActor(flows));
        KStream<byte[], Routed> egresses = judgeEgress(
                bySubject(flows, "services-by-subject"), bySubject(accesses, "persons-by-subject"), gatewayChanges);
        groupIncidents(egresses);
        recordOutcomes(bySource(accesses, "actor-outcomes-by-source"), bySource(egresses, "egress-outcomes-by-source"));
        return builder.build();
    }

    private KStream<byte[], Routed> judgeFlow() {
        KStream<byte[], Routed> flows = source(Topic.ACCESS_EVENTS)
                .process(
                        () -> new JudgeFlow(settings, eventDecoder, facts, delays),
                        Named.as("judge-flow"),
                        OPEN_EPOCHS,
                        OUTCOMES_ELSEWHERE,
                        LEDGER);
        rejects(flows, "judge-flow");
        ledger(flows, "judge-flow");
        return flows;
    }

    private KStream<byte[], Routed> watchActor(KStream<byte[], Candidate> byActor) {
        PartitionedFacts locations = new PartitionedFacts(
                factDecoder, Topic.EMPLOYEE_LOCATIONS, settings.partitions(Topic.EMPLOYEE_LOCATIONS));
        KStream<byte[], Incoming> incoming = byActor.<Incoming>mapValues(Incoming.Event::new, Named.as("access"))
                .merge(raw(Topic.EMPLOYEE_LOCATIONS, "location"), Named.as("accesses-and-locations"));
        KStream<byte[], Routed> accesses = incoming.process(
                () -> new WatchActor(settings, eventDecoder, locations, facts, lateFacts),
                Named.as("watch-actor"),
                LOCATIONS,
                LOCATION_EXPIRIES,
                RECENT_ACCESSES,
                ACCESSES_BY_TIME,
                ACTOR_STREAM_TIMES,
                ACTOR_REVISITS,
                ACTOR_OUTCOMES);
        rejects(accesses, "watch-actor");
        return accesses;
    }

    private KStream<byte[], Routed> judgeEgress(
            KStream<byte[], Candidate> services,
            KStream<byte[], Candidate> persons,
            KStream<byte[], GatewayChange> gatewayChanges) {
        PartitionedFacts consents =
                new PartitionedFacts(factDecoder, Topic.CONSENTS, settings.partitions(Topic.CONSENTS));
        KStream<byte[], Incoming> incoming = services.merge(persons, Named.as("services-and-persons"))
                .<Incoming>mapValues(Incoming.Event::new, Named.as("candidate"))
                .merge(raw(Topic.CONSENTS, "consent"), Named.as("candidates-and-consents"))
                .merge(
                        gatewayChanges.mapValues(Incoming.Gateway::new, Named.as("gateway-change")),
                        Named.as("candidates-and-facts"));
        KStream<byte[], Routed> egresses = incoming.process(
                () -> new JudgeEgress(settings, eventDecoder, consents, facts, lateFacts),
                Named.as("judge-egress"),
                CONSENTS,
                CONSENT_EXPIRIES,
                RECENT_CANDIDATES,
                RECENT_BY_TIME,
                STREAM_TIMES,
                GATEWAY_HORIZON,
                EGRESS_REVISITS,
                EGRESS_OUTCOMES,
                CHAIN);
        rejects(egresses, "judge-egress");
        only(egresses, Routed.Found.class, Routed.Found::violation, "found")
                .to(settings.name(Topic.VIOLATIONS), published(Topic.VIOLATIONS, Violation.class, "violations"));
        findings(egresses, "violation", Topic.FINDINGS_OCSF);
        return egresses;
    }

    private void groupIncidents(KStream<byte[], Routed> egresses) {
        KStream<byte[], Routed> incidents = only(
                        egresses, Routed.ToIncidents.class, Routed.ToIncidents::change, "to-incidents")
                .repartition(repartitioned(
                        "violations-by-actor",
                        new StateCodec<>(IncidentChange.getClassSchema(), IncidentChange.class),
                        Topic.EMPLOYEE_LOCATIONS))
                .process(
                        () -> new GroupIncidents(settings),
                        Named.as("group-incidents"),
                        INCIDENTS,
                        INCIDENT_MEMBERS,
                        INCIDENT_SUBJECTS,
                        INCIDENT_TIMERS,
                        UNPUBLISHED_INCIDENTS);
        only(incidents, Routed.Grouped.class, Routed.Grouped::incident, "grouped")
                .to(settings.name(Topic.INCIDENTS), published(Topic.INCIDENTS, Incident.class, "incidents"));
        if (settings.has(Topic.INCIDENTS_OCSF)) {
            findings(incidents, "incident", Topic.INCIDENTS_OCSF);
        }
    }

    private void recordOutcomes(KStream<byte[], OutcomeDelta> actors, KStream<byte[], OutcomeDelta> egresses) {
        ledger(
                actors.merge(egresses, Named.as("outcomes-elsewhere"))
                        .process(
                                () -> new RecordOutcomes(settings),
                                Named.as("record-outcomes"),
                                OPEN_EPOCHS,
                                OUTCOMES_ELSEWHERE,
                                LEDGER),
                "record-outcomes");
    }

    private KStream<byte[], Routed> admit(Topic topic) {
        String name = "admit-" + topic.shortName();
        KStream<byte[], Routed> admitted =
                source(topic).process(() -> new AdmitFacts(factDecoder, topic), Named.as(name));
        rejects(admitted, name);
        return admitted;
    }

    /** Raw bytes: what cannot be read is rejected by the processors, with the reason. */
    private KStream<byte[], byte[]> source(Topic topic) {
        return builder.stream(
                settings.name(topic),
                Consumed.with(BYTES, BYTES)
                        .withName(topic.shortName())
                        .withTimestampExtractor((record, partitionTime) -> RecordTime.ms(record.timestamp())));
    }

    private KStream<byte[], Incoming> raw(Topic topic, String name) {
        return source(topic).mapValues(Incoming.Raw::new, Named.as(name));
    }

    private static <R extends Routed, V> KStream<byte[], V> only(
            KStream<byte[], Routed> stream, Class<R> kind, Function<R, V> value, String name) {
        return stream.flatMapValues(
                routed ->
                        kind.isInstance(routed) ? Collections.singletonList(value.apply(kind.cast(routed))) : List.of(),
                Named.as(name));
    }

    private KStream<byte[], Candidate> byActor(KStream<byte[], Routed> flows) {
        return only(flows, Routed.ToActor.class, Routed.ToActor::candidate, "to-actor")
                .repartition(repartitioned(
                        "by-actor",
                        new StateCodec<>(Candidate.getClassSchema(), Candidate.class),
                        Topic.EMPLOYEE_LOCATIONS));
    }

    private KStream<byte[], Candidate> bySubject(KStream<byte[], Routed> from, String name) {
        return only(from, Routed.ToSubject.class, Routed.ToSubject::candidate, "to-" + name)
                .repartition(repartitioned(
                        name, new StateCodec<>(Candidate.getClassSchema(), Candidate.class), Topic.CONSENTS));
    }

    /** Each change to every partition: all may have events that passed the gateway. */
    private KStream<byte[], GatewayChange> gatewayChanges(KStream<byte[], Routed> gateways) {
        return only(gateways, Routed.ToSubjects.class, Routed.ToSubjects::change, "to-subjects")
                .repartition(repartitioned(
                                "gateway-changes",
                                new StateCodec<>(GatewayChange.getClassSchema(), GatewayChange.class),
                                Topic.CONSENTS)
                        .withStreamPartitioner(to((change, partitions) ->
                                IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))));
    }

    private KStream<byte[], OutcomeDelta> bySource(KStream<byte[], Routed> from, String name) {
        return only(from, Routed.ToSource.class, Routed.ToSource::outcomes, "to-" + name)
                .repartition(repartitioned(
                                name,
                                new StateCodec<>(OutcomeDelta.getClassSchema(), OutcomeDelta.class),
                                Topic.ACCESS_EVENTS)
                        .withStreamPartitioner(to((delta, partitions) -> Set.of(delta.getPartition()))));
    }

    private static <V> StreamPartitioner<byte[], V> to(BiFunction<V, Integer, Set<Integer>> partitions) {
        return (topic, key, value, count) -> Optional.of(partitions.apply(value, count));
    }

    /** @param like the topic whose number of partitions it shall have */
    private <V> Repartitioned<byte[], V> repartitioned(String name, Serde<V> values, Topic like) {
        return Repartitioned.<byte[], V>as(name)
                .withKeySerde(BYTES)
                .withValueSerde(values)
                .withNumberOfPartitions(settings.partitions(like));
    }

    private void findings(KStream<byte[], Routed> stream, String of, Topic topic) {
        only(stream, Routed.Reported.class, Routed.Reported::json, of + "-reported")
                .to(settings.name(topic), Produced.with(BYTES, BYTES).withName(of + "-findings"));
    }

    private void ledger(KStream<byte[], Routed> stream, String from) {
        only(stream, Routed.Closed.class, Routed.Closed::epoch, from + "-closed")
                .to(settings.name(Topic.LEDGER), published(Topic.LEDGER, LedgerEpoch.class, from + "-ledger"));
    }

    private <T extends SpecificRecord> Produced<byte[], T> published(Topic topic, Class<T> type, String name) {
        String topicName = settings.name(topic);
        Schema schema = topic.schema().orElseThrow();
        Serde<T> avro = Serdes.serdeFrom(
                (ignored, record) -> serde.serialize(topicName, record),
                (ignored, bytes) -> type.cast(serde.deserialize(topicName, bytes, schema)));
        return Produced.with(BYTES, avro).withName(name);
    }

    /** A sink of its own for each: a common one would make one sub-topology of all. */
    private void rejects(KStream<byte[], Routed> stream, String from) {
        only(stream, Routed.Rejected.class, Routed.Rejected::value, from + "-rejected")
                .to(settings.name(Topic.REJECTS), Produced.with(BYTES, BYTES).withName(from + "-rejects"));
    }
}
