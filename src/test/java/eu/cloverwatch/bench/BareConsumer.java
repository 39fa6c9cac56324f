package eu.cloverwatch.bench;

import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The measure: one thread that reads the committed access events, decodes each as the monitor does, and throws it away. It
 * keeps nothing, commits nothing and writes nothing.
 */
final class BareConsumer {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int EMPTY_POLLS = 30;

    private final String bootstrapServers;
    private final RegistrySettings registry;

    BareConsumer(String bootstrapServers, RegistrySettings registry) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
    }

    /**
     * Reads the topic from its beginning.
     *
     * @param events as many as there are
     * @throws IllegalStateException if there are fewer
     */
    Round read(long events) {
        long start = System.nanoTime();
        try (RecordSerde serde = RecordSerdes.open(registry);
                KafkaConsumer<byte[], byte[]> consumer = open()) {
            ConsumerRecords<byte[], byte[]> batch = poll(consumer);
            long first = System.nanoTime();
            decode(serde, batch);
            long done = batch.count();
            while (done < events) {
                batch = poll(consumer);
                decode(serde, batch);
                done += batch.count();
            }
            long end = System.nanoTime();
            return new Round(done, end - start, done, end - first);
        }
    }

    private KafkaConsumer<byte[], byte[]> open() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        // as the monitor's
                        "max.poll.records",
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        String topic = Topic.ACCESS_EVENTS.defaultName();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private static ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer) {
        for (int i = 0; i < EMPTY_POLLS; i++) {
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        throw new IllegalStateException("no access event came in " + POLL.multipliedBy(EMPTY_POLLS));
    }

    private static void decode(RecordSerde serde, ConsumerRecords<byte[], byte[]> batch) {
        Schema schema = Topic.ACCESS_EVENTS.schema().orElseThrow();
        for (ConsumerRecord<byte[], byte[]> record : batch) {
            try {
                if (record.value() != null) {
                    serde.deserialize(record.topic(), record.value(), schema);
                }
            } catch (UnreadableRecordException e) {
                // The world has some, on purpose; the monitor rejects them, here they are thrown away like the others.
                continue;
            }
        }
    }
}
