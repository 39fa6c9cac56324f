package eu.cloverwatch.runtime;

import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Topics with a prefix of their own, what publishes to them, and the monitors of one application that read them. */
public final class Deployment implements AutoCloseable {

    static final int PARTITIONS = 4;
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final String name;
    private final Path dir;
    private final Map<String, String> settings = new HashMap<>();
    private final RecordSerde serde;
    private final Loader loader;

    private Deployment(
            String name, Path dir, String bootstrapServers, String registryUrl, Map<String, String> credentials) {
        this.name = name;
        this.dir = dir;
        settings.putAll(credentials);
        settings.put("kafka.bootstrap.servers", bootstrapServers);
        settings.put("schema.registry.url", registryUrl);
        settings.put("cloverwatch.application.id", name);
        settings.put("cloverwatch.topics.prefix", name + ".");
        settings.put("cloverwatch.pseudonym.key", KEY);
        this.serde =
                RecordSerdes.open(RegistrySettings.from(configuration("loader").schemaRegistry()));
        this.loader = new Loader(configuration("loader"), serde);
    }

    static Deployment create(String name, Path dir, EmbeddedBroker broker, String registryUrl) {
        broker.createTopics(topicNames(name).stream()
                .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1))
                .toList());
        return on(name, dir, broker.bootstrapServers(), registryUrl);
    }

    /** On a broker anywhere, whose topics are there already: those of {@link #topicNames}. */
    public static Deployment on(String name, Path dir, String bootstrapServers, String registryUrl) {
        return on(name, dir, bootstrapServers, registryUrl, Map.of());
    }

    /** The same, with further {@code kafka.} settings. */
    public static Deployment on(
            String name, Path dir, String bootstrapServers, String registryUrl, Map<String, String> credentials) {
        return new Deployment(name, dir, bootstrapServers, registryUrl, credentials);
    }

    /** What the topics of a deployment of this name are called. */
    public static List<String> topicNames(String name) {
        return Arrays.stream(Topic.values())
                .map(topic -> name + "." + topic.baseName())
                .toList();
    }

    /** In force for every instance that is configured from now on. */
    public Deployment with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** What a user would write into the file, for an instance with its own state directory. */
    public Map<String, String> settings(String instance) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("cloverwatch.state.dir", dir.resolve("state-" + instance).toString());
        return own;
    }

    public Configuration configuration(String instance) {
        return Configuration.load(null, Map.of(), settings(instance));
    }

    public Monitor monitor(String instance) {
        return Monitor.start(configuration(instance), StoreKind.PERSISTENT);
    }

    public String topic(Topic topic) {
        return configuration("loader").topicName(topic);
    }

    /** Returns when all are acknowledged. */
    public void publish(List<Arrival> arrivals) {
        arrivals.forEach(loader::publish);
        loader.flush();
    }

    public void publish(Arrival... arrivals) {
        publish(List.of(arrivals));
    }

    /** Everything published to the violations topic and committed, in the order of each partition. */
    public List<Violation> violations() {
        List<Violation> violations = new ArrayList<>();
        try (ViolationReader reader = new ViolationReader(configuration("reader"), serde)) {
            reader.readToEnd(violations::add);
        }
        return violations;
    }

    public List<String> violatingEvents() {
        return violations().stream().map(Violation::getEventId).sorted().toList();
    }

    /** Everything committed to the rejects topic. */
    public List<ConsumerRecord<byte[], byte[]>> rejects() {
        return records(Topic.REJECTS);
    }

    /** Everything committed to a topic, in the order of each partition. */
    public List<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        Map<String, Object> config = new HashMap<>(configuration("reader").kafka());
        config.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic(topic)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(java.time.Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** What this deployment reads and writes Avro with. */
    public RecordSerde serde() {
        return serde;
    }

    /** How an investigator reaches what was published. */
    public ReplaySource history(int workers) {
        Configuration configuration = configuration("history");
        return new ReplaySource(
                configuration.kafka(),
                Arrays.stream(Topic.values()).collect(Collectors.toMap(Function.identity(), configuration::topicName)),
                serde,
                workers);
    }

    /** Those of the monitors. */
    public Pseudonyms pseudonyms() {
        Configuration configuration = configuration("history");
        return new Pseudonyms(configuration.pseudonymKeyId(), configuration.requirePseudonymKey());
    }

    /** Number of events that these monitors have brought to an end. */
    static long judged(Monitor... monitors) {
        return Arrays.stream(monitors).mapToLong(Deployment::judged).sum();
    }

    private static long judged(Monitor monitor) {
        return monitor.outcomes()
                .map(counts ->
                        counts.values().stream().mapToLong(Long::longValue).sum())
                .orElse(0L);
    }

    /** The outcomes that there are any of. */
    static Map<Outcome, Long> outcomes(Monitor monitor) {
        Map<Outcome, Long> counts = new HashMap<>(monitor.outcomes().orElse(Map.of()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    String name() {
        return name;
    }

    @Override
    public void close() {
        loader.close();
        serde.close();
    }
}
