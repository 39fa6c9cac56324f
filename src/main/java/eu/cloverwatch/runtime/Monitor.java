package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.topology.BroadcastFacts;
import eu.cloverwatch.topology.FactBroadcast;
import eu.cloverwatch.topology.FlowTopology;
import eu.cloverwatch.topology.LateFacts;
import eu.cloverwatch.topology.OutcomeDelays;
import eu.cloverwatch.topology.TopologySettings;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.RegistryUnavailableException;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running monitor. It starts in this order: the registry and the cluster answer, the state directory can be written, the
 * broadcast facts are complete; only then is the first event judged.
 */
public final class Monitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Monitor.class);

    private static final List<Topic> TOPICS = List.of(
            Topic.ACCESS_EVENTS,
            Topic.EMPLOYEE_LOCATIONS,
            Topic.CONSENTS,
            Topic.GATEWAYS,
            Topic.POLICIES,
            Topic.VIOLATIONS,
            Topic.FINDINGS_OCSF,
            Topic.INCIDENTS,
            Topic.INCIDENTS_OCSF,
            Topic.LEDGER,
            Topic.REJECTS);

    /** To finish what is under way. */
    private static final Duration FINISH_PATIENCE = Duration.ofSeconds(5);

    /** To end after that was given up. */
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(15);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final LateFacts lateFacts = new LateFacts();
    private final OutcomeDelays delays = new OutcomeDelays();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final RecordSerde serde;
    private final BroadcastFacts facts;
    private final KafkaStreams streams;
    private volatile boolean closing;

    private Monitor(Configuration configuration, TopologySettings.StoreKind stores) {
        try {
            StreamsConfig config = StreamsProperties.of(configuration);
            TopologySettings settings = settings(configuration, stores);
            this.serde = serde(configuration);
            opened.push(serde);
            this.facts = new BroadcastFacts(settings.historyHorizon());
            broadcast(configuration, settings);
            this.streams = client(FlowTopology.build(settings, serde, facts, lateFacts, delays, config), config);
        } catch (RuntimeException | Error e) {
            closeOpened();
            throw e;
        }
    }

    /**
     * Starts a monitor and returns as soon as it has been started; see {@link #health}.
     *
     * @throws ConfigurationException if a setting is missing or wrong
     * @throws EnvironmentException if registry, cluster or disk do not work, a topic is missing, or there is state without
     *     the offsets that belong to it
     */
    public static Monitor start(Configuration configuration, TopologySettings.StoreKind stores) {
        Monitor monitor = new Monitor(configuration, stores);
        monitor.start();
        return monitor;
    }

    private void start() {
        streams.setUncaughtExceptionHandler(e -> {
            fail(e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((now, before) -> log.info("monitor is {}, was {}", now, before));
        streams.start();
    }

    /** Sees that the state directory can be written, the topics are there, and state and offsets belong together. */
    private static TopologySettings settings(Configuration configuration, TopologySettings.StoreKind stores) {
        Pseudonyms pseudonyms = new Pseudonyms(configuration.pseudonymKeyId(), configuration.requirePseudonymKey());
        writable(configuration.stateDir());
        Map<Topic, String> names = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            names.put(topic, configuration.topicName(topic));
        }
        Cluster cluster = new Cluster(configuration);
        Map<Topic, Integer> partitions = cluster.partitions(TOPICS, List.of(Topic.INCIDENTS_OCSF));
        new StartingPoint(configuration, cluster).check(Objects.requireNonNull(partitions.get(Topic.ACCESS_EVENTS)));
        return new TopologySettings(
                configuration.applicationId(),
                names,
                partitions,
                configuration.lookback(),
                configuration.historyHorizon(),
                configuration.epochRecords(),
                configuration.ledgerIdle(),
                configuration.ledgerOverdue(),
                TopologySettings.REVISIT_PORTION,
                configuration.incidentGap(),
                stores,
                pseudonyms);
    }

    /** Registers once with little patience, so that a wrong address is found at the start; afterwards waits for ever. */
    private static RecordSerde serde(Configuration configuration) {
        RegistrySettings settings;
        try {
            settings = RegistrySettings.from(configuration.schemaRegistry());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
        try (RecordSerde probe = RecordSerdes.open(settings)) {
            // Avro made of zeros is the smallest record there is.
            Violation empty = AvroBytes.read(new byte[256], 0, Violation.getClassSchema(), Violation.class);
            probe.serialize(configuration.topicName(Topic.VIOLATIONS), empty);
        } catch (RegistryUnavailableException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()), e);
        }
        return RecordSerdes.open(settings.waitingUntilClosed());
    }

    private void broadcast(Configuration configuration, TopologySettings settings) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-broadcast");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // A position that is gone means facts that were passed over: better none than stale ones.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        KafkaConsumer<byte[], byte[]> consumer = Cluster.client(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        FactBroadcast broadcast = new FactBroadcast(consumer, settings, serde, facts, this::fail);
        // Closed after the serde: it may be waiting for the registry.
        opened.addLast(broadcast);
        try {
            broadcast.caughtUp().get();
        } catch (ExecutionException e) {
            throw new EnvironmentException("the facts cannot be read: " + Causes.message(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while reading the facts", e);
        }
        log.info("{} gateways and policies are known", facts.size());
    }

    private static KafkaStreams client(Topology topology, StreamsConfig config) {
        try {
            return Cluster.client(() -> new KafkaStreams(topology, config));
        } catch (StreamsException e) {
            // Kafka Streams takes its lock on the directory here.
            throw new EnvironmentException(
                    "cloverwatch.state.dir: " + config.getString(StreamsConfig.STATE_DIR_CONFIG)
                            + " cannot be used; another monitor may be running on it: " + e.getMessage(),
                    e);
        }
    }

    private static void writable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "probe", null));
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cloverwatch.state.dir: " + directory + " cannot be written ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private void fail(Throwable e) {
        if (closing) {
            log.info("given up at the end, to be done again at the next start: {}", Causes.message(e));
            return;
        }
        log.error("the monitor fails", e);
        ended.completeExceptionally(e);
    }

    /** Completes when the monitor has ended by itself, exceptionally with the reason. */
    public CompletableFuture<Void> ended() {
        return ended;
    }

    /** How it is; UP only while every event that arrives is judged. */
    public Health health() {
        Health health = Health.of(streams.state(), ended.isCompletedExceptionally());
        return health == Health.UP && !serde.isReachable() ? Health.STARTING : health;
    }

    /** Number of access events by outcome, all eight; empty while the state is being moved or restored. */
    public Optional<Map<Outcome, Long>> outcomes() {
        return StateView.outcomes(streams);
    }

    public BroadcastFacts facts() {
        return facts;
    }

    public LateFacts lateFacts() {
        return lateFacts;
    }

    /** Number of pieces of work that this instance has still to do with what it has read; 0 while state is being moved. */
    public long pending() {
        return StateView.pending(streams);
    }

    /** How long ago the oldest record was read that has no outcome yet; zero if all have, or within a second. */
    public Duration oldestWithoutOutcome() {
        return delays.longest(Instant.now());
    }

    KafkaStreams streams() {
        return streams;
    }

    /**
     * Finishes what it is doing, commits, leaves the group and ends. What cannot be finished because the registry is away is
     * given up, and done again at the next start.
     */
    @Override
    public synchronized void close() {
        closing = true;
        if (!streams.close(leaving(FINISH_PATIENCE))) {
            closeOpened();
            streams.close(leaving(CLOSE_PATIENCE));
        }
        closeOpened();
        ended.complete(null);
    }

    private static CloseOptions leaving(Duration patience) {
        return CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(patience);
    }

    private void closeOpened() {
        closing = true;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.warn("while closing", e);
            }
        }
    }
}
