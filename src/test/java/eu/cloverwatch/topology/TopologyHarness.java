package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.internal.v1.LedgerHead;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The whole topology on a driver, new for each test: bytes go into partition 0 of its topics and come out of them. A fact
 * also reaches the broadcast facts at once, as {@link FactBroadcast} would have it.
 */
final class TopologyHarness implements BeforeEachCallback, AfterEachCallback {

    static final Instant WALL_CLOCK = Instant.parse("2030-01-01T00:00:00Z");
    static final Duration LOOKBACK = Duration.ofDays(7);
    static final Duration HORIZON = Duration.ofDays(400);
    static final int EPOCH_RECORDS = 16;
    static final Duration LEDGER_IDLE = Duration.ofSeconds(30);
    static final Duration INCIDENT_GAP = Duration.ofMinutes(30);
    static final Duration LEDGER_OVERDUE = Duration.ofMinutes(10);
    static final Pseudonyms PSEUDONYMS = new Pseudonyms("k1", "not a secret".getBytes(UTF_8));

    private static final String CHANGELOG = "-changelog";

    private final TopologySettings settings;
    private final BroadcastFacts facts;
    private long gatewaysRead;
    private RecordSerde serde;
    private TopologyTestDriver driver;

    /** A violation as it was published. */
    record Published(String key, Violation violation, Map<String, String> headers, byte[] bytes) {}

    /** An epoch of the ledger as it was published. */
    record Entry(String key, LedgerEpoch epoch, Map<String, String> headers) {}

    /** A rejected record as it was published. */
    record Rejected(byte @Nullable [] key, byte @Nullable [] value, Map<String, String> headers) {
        String reason() {
            return headers.getOrDefault(Rejects.REASON, "");
        }
    }

    TopologyHarness() {
        this(1);
    }

    TopologyHarness(int subjectPartitions) {
        this(settings(Map.of(), subjectPartitions, TopologySettings.StoreKind.IN_MEMORY));
    }

    @SuppressWarnings("NullAway.Init") // JUnit calls beforeEach before the test
    TopologyHarness(TopologySettings settings) {
        this.settings = settings;
        this.facts = new BroadcastFacts(settings.historyHorizon());
    }

    /** Of one partition, in memory. */
    static TopologySettings settings(Duration lookback, Duration historyHorizon, int revisitPortion) {
        TopologySettings usual = settings(Map.of(), 1, TopologySettings.StoreKind.IN_MEMORY);
        return new TopologySettings(
                usual.applicationId(),
                usual.topicNames(),
                usual.partitions(),
                lookback,
                historyHorizon,
                usual.epochRecords(),
                usual.ledgerIdle(),
                usual.ledgerOverdue(),
                revisitPortion,
                usual.incidentGap(),
                usual.stores(),
                usual.pseudonyms());
    }

    /** @param partitions of each topic that says how many there are of sources, actors and subjects */
    static TopologySettings settings(Map<Topic, String> topicNames, int partitions, TopologySettings.StoreKind stores) {
        return settings(topicNames, partitions, stores, LOOKBACK);
    }

    static TopologySettings settings(
            Map<Topic, String> topicNames, int partitions, TopologySettings.StoreKind stores, Duration lookback) {
        return new TopologySettings(
                "flow",
                topicNames,
                Map.of(
                        Topic.ACCESS_EVENTS,
                        partitions,
                        Topic.EMPLOYEE_LOCATIONS,
                        partitions,
                        Topic.CONSENTS,
                        partitions,
                        Topic.INCIDENTS_OCSF,
                        partitions),
                lookback,
                HORIZON,
                EPOCH_RECORDS,
                LEDGER_IDLE,
                LEDGER_OVERDUE,
                TopologySettings.REVISIT_PORTION,
                INCIDENT_GAP,
                stores,
                PSEUDONYMS);
    }

    static Topology topology(TopologySettings settings, RecordSerde serde, BroadcastFacts facts) {
        return topology(settings, serde, facts, Map.of());
    }

    private static Topology topology(
            TopologySettings settings, RecordSerde serde, BroadcastFacts facts, Map<String, ?> more) {
        Map<String, Object> config = new HashMap<>(more);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:0");
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return FlowTopology.build(
                settings, serde, facts, new LateFacts(), new OutcomeDelays(), new StreamsConfig(config));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        start(SharedRegistry.serde(context), WALL_CLOCK, Map.of());
    }

    /** Starts the driver; a harness is started once. */
    void start(RecordSerde recordSerde, Instant wallClock, Map<String, ?> config) {
        serde = recordSerde;
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
        driver = new TopologyTestDriver(topology(settings, serde, facts, config), properties, wallClock);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        close();
    }

    void close() {
        driver.close();
    }

    /** The wall clock moves, and what waits for it is called, once. */
    void advance(Duration duration) {
        driver.advanceWallClockTime(duration);
    }

    /** What stores wrote to their changelogs since the last call, by store. */
    Map<String, List<TestRecord<byte[], byte[]>>> changelogs() {
        String prefix = settings.applicationId() + "-";
        Map<String, List<TestRecord<byte[], byte[]>>> changelogs = new HashMap<>();
        for (String topic : driver.producedTopicNames()) {
            if (topic.endsWith(CHANGELOG)) {
                changelogs.put(topic.substring(prefix.length(), topic.length() - CHANGELOG.length()), read(topic));
            }
        }
        return changelogs;
    }

    /** The next offset of each partition that was read; see {@link #continueAt}. */
    Map<TopicPartition, Long> offsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        offsetsOf(driver).forEach((partition, next) -> offsets.put(partition, next.get()));
        return offsets;
    }

    /** Goes on where another driver ended, as records of a topic do. */
    void continueAt(Map<TopicPartition, Long> offsets) {
        offsets.forEach((partition, next) -> offsetsOf(driver).put(partition, new AtomicLong(next)));
    }

    /** The driver always begins at 0 and has no method to change that. */
    @SuppressWarnings("unchecked")
    private static Map<TopicPartition, AtomicLong> offsetsOf(TopologyTestDriver driver) {
        try {
            Field field = TopologyTestDriver.class.getDeclaredField("offsetsByTopicOrPatternPartition");
            field.setAccessible(true);
            return (Map<TopicPartition, AtomicLong>) field.get(driver);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the test driver of this version keeps its offsets elsewhere", e);
        }
    }

    RecordSerde serde() {
        return serde;
    }

    void policy(String document, Instant recordedAt) {
        PolicyRevision revision = Facts.revision(document, recordedAt);
        publish(Topic.POLICIES, revision.getPolicyId(), revision, recordedAt);
    }

    void located(String employeeId, String country, Instant at) {
        located(employeeId, country, at, at);
    }

    void located(String employeeId, String country, Instant effectiveFrom, Instant recordedAt) {
        SpecificRecord location = Facts.location(employeeId, country, effectiveFrom, recordedAt);
        publish(Topic.EMPLOYEE_LOCATIONS, employeeId, location, recordedAt);
    }

    void left(String employeeId, Instant at) {
        publish(Topic.EMPLOYEE_LOCATIONS, employeeId, Facts.departure(employeeId, at, at), at);
    }

    void consented(String subjectId, Instant at, Grant... grants) {
        consented(subjectId, at, at, grants);
    }

    void consented(String subjectId, Instant effectiveFrom, Instant recordedAt, Grant... grants) {
        SpecificRecord consent = Facts.consent(subjectId, effectiveFrom, recordedAt, grants);
        publish(Topic.CONSENTS, subjectId, consent, recordedAt);
    }

    void erased(String subjectId, Instant at) {
        pipe(Topic.CONSENTS, subjectId.getBytes(UTF_8), null, at);
    }

    void approved(String gatewayId, String destination, Instant at) {
        publish(Topic.GATEWAYS, gatewayId, Facts.approval(gatewayId, destination, at, at), at);
    }

    void disapproved(String gatewayId, Instant at) {
        pipe(Topic.GATEWAYS, gatewayId.getBytes(UTF_8), null, at);
    }

    /** With its own time as the Kafka timestamp. */
    void accessed(Access access) {
        accessed(access, access.avro().getOccurredAt());
    }

    void accessed(Access access, Instant timestamp) {
        publish(Topic.ACCESS_EVENTS, access.avro().getActor().getId(), access.avro(), timestamp);
    }

    void publish(Topic topic, String key, SpecificRecord record, Instant timestamp) {
        pipe(topic, key.getBytes(UTF_8), serde.serialize(settings.name(topic), record), timestamp);
    }

    void pipe(Topic topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp) {
        pipe(topic, new TestRecord<>(key, value, timestamp));
    }

    /** With the producer's own headers. */
    void pipe(Topic topic, TestRecord<byte[], byte[]> record) {
        if (FactBroadcast.TOPICS.contains(topic)) {
            broadcast(topic, record);
        }
        driver.createInputTopic(settings.name(topic), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(record);
    }

    /** Only to the broadcast facts, as after a restart, when the topology has read the record already. */
    void broadcast(Topic topic, TestRecord<byte[], byte[]> record) {
        try {
            facts.apply(
                    new FactDecoder(serde, settings)
                            .decode(topic, record.key(), record.value(), record.getRecordTime()),
                    record.getRecordTime());
        } catch (UnreadableRecordException | InvalidRecordException e) {
            // It plays no part; that it is rejected is for the topology to show.
        }
        if (topic == Topic.GATEWAYS) {
            facts.gatewaysRead(0, ++gatewaysRead);
        }
    }

    /** What was published since the last call. */
    List<Published> violations() {
        String topic = settings.name(Topic.VIOLATIONS);
        return read(topic).stream()
                .map(record -> new Published(
                        new String(record.key(), UTF_8),
                        (Violation) serde.deserialize(topic, record.value(), Violation.getClassSchema()),
                        texts(record.headers()),
                        record.value()))
                .toList();
    }

    /** The one violation published since the last call. */
    Violation violation() {
        List<Published> violations = violations();
        if (violations.size() != 1) {
            throw new AssertionError("expected one violation, came " + violations);
        }
        return violations.get(0).violation();
    }

    /** The incidents published since the last call. */
    List<Incident> incidents() {
        String topic = settings.name(Topic.INCIDENTS);
        return read(topic).stream()
                .map(record -> {
                    Incident incident = (Incident) serde.deserialize(topic, record.value(), Incident.getClassSchema());
                    if (!incident.getIncidentId().equals(new String(record.key(), UTF_8))) {
                        throw new AssertionError("the key is not the incident's id");
                    }
                    return incident;
                })
                .toList();
    }

    /** The OCSF findings, of violations or of incidents, published since the last call: key and JSON. */
    List<Map.Entry<String, String>> findings(Topic topic) {
        return read(settings.name(topic)).stream()
                .map(record -> {
                    if (!"application/json".equals(texts(record.headers()).get("content-type"))) {
                        throw new AssertionError("no JSON by its headers");
                    }
                    return Map.entry(new String(record.key(), UTF_8), new String(record.value(), UTF_8));
                })
                .toList();
    }

    /** The epochs of the ledger published since the last call. */
    List<Entry> ledger() {
        String topic = settings.name(Topic.LEDGER);
        return read(topic).stream()
                .map(record -> new Entry(
                        new String(record.key(), UTF_8),
                        (LedgerEpoch) serde.deserialize(topic, record.value(), LedgerEpoch.getClassSchema()),
                        texts(record.headers())))
                .toList();
    }

    String name(Topic topic) {
        return settings.name(topic);
    }

    /** What was rejected since the last call. */
    List<Rejected> rejects() {
        return read(settings.name(Topic.REJECTS)).stream()
                .map(record -> new Rejected(record.key(), record.value(), texts(record.headers())))
                .toList();
    }

    /** What went by the internal topic to the subjects' partitions since the last call. */
    List<TestRecord<byte[], byte[]>> candidates() {
        return read(settings.applicationId() + "-services-by-subject-repartition");
    }

    private List<TestRecord<byte[], byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new LinkedHashMap<>();
        headers.forEach(header -> texts.put(header.key(), new String(header.value(), UTF_8)));
        return texts;
    }

    /** How many events ended how; outcomes that none had are left out. */
    Map<Outcome, Long> outcomes() {
        // What ended elsewhere is told to the ledger by the clock.
        advance(Duration.ofSeconds(1));
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        Consumer<Outcomes> add = more -> OutcomeNumbers.all(more).forEach((outcome, count) -> {
            if (count > 0) {
                outcomes.merge(outcome, count, Long::sum);
            }
        });
        this.<LedgerHead>each(StateStores.LEDGER, head -> add.accept(head.getOutcomes()));
        this.<OpenEpoch>each(StateStores.OPEN_EPOCHS, epoch -> add.accept(epoch.getOutcomes()));
        each(StateStores.OUTCOMES_ELSEWHERE, add);
        return outcomes;
    }

    /** Whether something was found and is not done yet. */
    boolean hasWork() {
        List<Object> work = new ArrayList<>();
        StateStores.WORK.forEach(store -> each(store, work::add));
        return !work.isEmpty();
    }

    <V> void each(String store, Consumer<V> sink) {
        try (KeyValueIterator<Object, V> all =
                driver.<Object, V>getKeyValueStore(store).all()) {
            all.forEachRemaining(entry -> sink.accept(entry.value));
        }
    }
}
