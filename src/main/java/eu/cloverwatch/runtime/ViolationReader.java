package eu.cloverwatch.runtime;

import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the violations topic from its beginning, as any consumer would: committed records only, no group. */
public final class ViolationReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final RecordSerde serde;

    /** @param serde stays the caller's to close */
    public ViolationReader(Configuration configuration, RecordSerde serde) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-violations");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        this.consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = configuration.topicName(Topic.VIOLATIONS);
        this.serde = serde;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands on what has come since the last call, in the order of each partition; waits a moment if there is nothing. */
    public void poll(Consumer<Violation> sink) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.value() != null) {
                sink.accept((Violation) serde.deserialize(topic, record.value(), Violation.getClassSchema()));
            }
        }
    }

    /** Hands on everything up to what is the end at the time of the call. */
    public void readToEnd(Consumer<Violation> sink) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(sink);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
