package eu.cloverwatch.runtime;

import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Follows the violations topic without end, with READ on it and nothing else: no group, nothing committed. Each committed record is
 * handed on once, in the order of its partition, also while brokers restart. Partitions that are added are read from their
 * beginnings. For one thread.
 */
public final class ViolationFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final String servers;
    private final RecordSerde serde;
    private final Consumer<String> notices;
    private long lookedAround;
    private boolean away;

    /** Where reading begins. */
    public sealed interface Start {

        /** With the first record that is still kept. */
        record Beginning() implements Start {}

        /** With the first record that was published at this time or later. */
        record Since(Instant time) implements Start {}

        /** With what is committed from now on. */
        record End() implements Start {}
    }

    /**
     * When this returns, the start is fixed.
     *
     * @param serde stays the caller's to close
     * @param notices receives, for a person, what is not as it should be while violations are followed: brokers that do not answer,
     *     records that cannot be read, or were deleted before they were
     * @throws ConfigurationException if Kafka's client cannot do with the {@code kafka.} keys
     * @throws EnvironmentException if no broker answers, there is no such topic, or it may not be read
     */
    public ViolationFollower(Configuration configuration, RecordSerde serde, Start start, Consumer<String> notices) {
        this.servers = configuration.requireBootstrapServers();
        this.topic = configuration.topicName(Topic.VIOLATIONS);
        this.serde = serde;
        this.notices = notices;
        Map<String, Object> properties = properties(configuration);
        this.consumer = Cluster.client(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        try {
            begin(start);
        } catch (RuntimeException e) {
            consumer.close();
            throw e instanceof KafkaException failure ? failed(failure) : e;
        }
        this.lookedAround = System.nanoTime();
    }

    private static Map<String, Object> properties(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>();
        // Sooner than Kafka's five minutes: what a new partition holds is to be seen while it is news.
        properties.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, LOOK_AROUND.toMillis());
        properties.putAll(configuration.kafka());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-tail");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return properties;
    }

    private void begin(Start start) {
        List<TopicPartition> partitions = partitions();
        if (partitions.isEmpty()) {
            throw new EnvironmentException(topic + ": there is no such topic, or this principal may not describe it");
        }
        consumer.assign(partitions);
        if (start instanceof Start.Beginning) {
            consumer.beginningOffsets(partitions, PATIENCE).forEach(consumer::seek);
            return;
        }
        consumer.endOffsets(partitions, PATIENCE).forEach(consumer::seek);
        if (start instanceof Start.Since since) {
            Map<TopicPartition, Long> times = partitions.stream()
                    .collect(Collectors.toMap(
                            partition -> partition,
                            any -> Math.max(0, since.time().toEpochMilli())));
            consumer.offsetsForTimes(times, PATIENCE).forEach(this::seek);
        }
    }

    /** Of a partition that has no record since then, the end stands. */
    @SuppressWarnings("NullAway") // Kafka's map has such nulls
    private void seek(TopicPartition partition, OffsetAndTimestamp first) {
        if (first != null) {
            consumer.seek(partition, first.offset());
        }
    }

    private List<TopicPartition> partitions() {
        List<PartitionInfo> infos = consumer.partitionsFor(topic, PATIENCE);
        return infos == null
                ? List.of()
                : infos.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    /**
     * Hands on what has come since the last call; waits a moment if there is nothing.
     *
     * @throws EnvironmentException if the topic may not be read any more
     * @throws eu.cloverwatch.wire.RegistryUnavailableException if a schema cannot be had; some records are not handed on then
     */
    public void poll(Consumer<Violation> sink) {
        try {
            lookAround();
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.value() != null) {
                    handOn(record, sink);
                }
            }
        } catch (OffsetOutOfRangeException e) {
            goOnWithWhatIsKept(e);
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private void handOn(ConsumerRecord<byte[], byte[]> record, Consumer<Violation> sink) {
        Violation violation;
        try {
            violation = (Violation) serde.deserialize(topic, record.value(), Violation.getClassSchema());
        } catch (UnreadableRecordException e) {
            notices.accept(topic + "-" + record.partition() + "@" + record.offset()
                    + ": not a violation that can be read: " + e.getMessage());
            return;
        }
        sink.accept(violation);
    }

    /** Retention, or somebody who made the topic anew. */
    private void goOnWithWhatIsKept(OffsetOutOfRangeException e) {
        Map<TopicPartition, OffsetAndMetadata> divergent =
                e instanceof LogTruncationException truncation ? truncation.divergentOffsets() : Map.of();
        e.offsetOutOfRangePartitions().forEach((partition, offset) -> {
            OffsetAndMetadata common = divergent.get(partition);
            if (common == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, common);
            }
            notices.accept(partition + "@" + offset + ": the records from here on are no longer there; going on with "
                    + (common == null ? "the first that is" : "offset " + common.offset()));
        });
    }

    /** Silence must mean that there are no violations: whether brokers answer at all, and whether there are more partitions. */
    private void lookAround() {
        if (System.nanoTime() - lookedAround < LOOK_AROUND.toNanos()) {
            return;
        }
        try {
            consumer.endOffsets(consumer.assignment(), LOOK_AROUND);
            if (away) {
                notices.accept(servers + " answers again");
            }
            away = false;
            addPartitions();
        } catch (RetriableException e) {
            if (!away) {
                notices.accept(servers + " does not answer; violations may be there that are not shown yet");
            }
            away = true;
        }
        lookedAround = System.nanoTime();
    }

    private void addPartitions() {
        Set<TopicPartition> known = consumer.assignment();
        List<TopicPartition> added = partitions().stream()
                .filter(partition -> !known.contains(partition))
                .toList();
        if (!added.isEmpty()) {
            List<TopicPartition> all = new ArrayList<>(known);
            all.addAll(added);
            consumer.assign(all);
            consumer.seekToBeginning(added);
        }
    }

    private RuntimeException failed(KafkaException e) {
        if (e instanceof AuthorizationException) {
            return new EnvironmentException(
                    topic + ": no permission; READ (which includes DESCRIBE) on this topic is needed", e);
        }
        if (e instanceof AuthenticationException) {
            return new EnvironmentException(servers + " does not accept these credentials: " + Causes.message(e), e);
        }
        if (e instanceof RetriableException) {
            return new EnvironmentException(servers + " does not answer: " + Causes.message(e), e);
        }
        return new EnvironmentException(Objects.requireNonNullElse(e.getMessage(), topic), e);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
