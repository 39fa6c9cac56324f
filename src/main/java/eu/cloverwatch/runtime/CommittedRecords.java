package eu.cloverwatch.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads committed records between two offsets, of any topic and without a group. */
final class CommittedRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Mostly there is nothing or one record is enough: little is fetched at a time. */
    private static final int FETCH_BYTES = 1 << 16;

    private static final int ANSWER_MS = 2_000;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private final KafkaConsumer<byte[], byte[]> consumer;

    CommittedRecords(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, configuration.applicationId() + "-records");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MS);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        this.consumer = Cluster.client(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    }

    /** Offsets: the first one inclusive, the last one exclusive. */
    record Range(long from, long to) {}

    /**
     * @param wanted receives each record; false ends the reading
     * @return whether everything was read
     * @throws org.apache.kafka.common.errors.RetriableException if the cluster does not answer
     */
    boolean read(Map<TopicPartition, Range> ranges, Predicate<ConsumerRecord<byte[], byte[]>> wanted) {
        if (ranges.isEmpty()) {
            return true;
        }
        consumer.assign(ranges.keySet());
        ranges.forEach((partition, range) -> consumer.seek(partition, range.from()));
        long start = System.nanoTime();
        while (ranges.entrySet().stream()
                .anyMatch(range ->
                        consumer.position(range.getKey()) < range.getValue().to())) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                return false;
            }
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (TopicPartition partition : records.partitions()) {
                long end = Objects.requireNonNull(ranges.get(partition)).to();
                for (ConsumerRecord<byte[], byte[]> record : records.records(partition)) {
                    // What lies behind the end may come along; it is for another time.
                    if (record.offset() < end && !wanted.test(record)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
