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
 * The measure: one thread that reads the committed records of a topic, decodes each as the monitor does, and throws it away.
 * It keeps nothing, commits nothing and writes nothing.
 */
final class BareConsumer {

    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int EMPTY_POLLS = 30;

    private final String bootstrapServers;
    private final RegistrySettings registry;
    private final String topic;
    private final Schema schema;

    /**
     * @param topic as it is called in the cluster
     * @param kind which of the contract's topics it is
     */
    BareConsumer(String bootstrapServers, RegistrySettings registry, String topic, Topic kind) {
        this.bootstrapServers = bootstrapServers;
        this.registry = registry;
        this.topic = topic;
        this.schema = kind.schema().orElseThrow();
    }

    /**
     * Reads the topic from its beginning.
     *
     * @param records as many as there are
     * @throws IllegalStateException if there are fewer
     */
    Round read(long records) {
        long start = System.nanoTime();
        try (RecordSerde serde = RecordSerdes.open(registry);
                KafkaConsumer<byte[], byte[]> consumer = open()) {
            ConsumerRecords<byte[], byte[]> batch = poll(consumer);
            long first = System.nanoTime();
            decode(serde, batch);
            long done = batch.count();
            while (done < records) {
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
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private ConsumerRecords<byte[], byte[]> poll(KafkaConsumer<byte[], byte[]> consumer) {
        for (int i = 0; i < EMPTY_POLLS; i++) {
            ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        throw new IllegalStateException("no record of " + topic + " came in " + POLL.multipliedBy(EMPTY_POLLS));
    }

    private void decode(RecordSerde serde, ConsumerRecords<byte[], byte[]> batch) {
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
