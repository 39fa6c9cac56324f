package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.wire.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** All topics of a deployment, record by record, as somebody writes them down again who may change what he likes. */
final class TopicCopy {

    private final Map<Topic, List<ConsumerRecord<byte[], byte[]>>> records = new EnumMap<>(Topic.class);

    private TopicCopy() {}

    static TopicCopy of(Deployment deployment) {
        TopicCopy copy = new TopicCopy();
        for (Topic topic : Topic.values()) {
            copy.records.put(topic, deployment.records(topic));
        }
        return copy;
    }

    List<ConsumerRecord<byte[], byte[]>> of(Topic topic) {
        return records.getOrDefault(topic, List.of());
    }

    /** The same, with other records in one topic. */
    TopicCopy with(Topic topic, UnaryOperator<List<ConsumerRecord<byte[], byte[]>>> edit) {
        TopicCopy copy = new TopicCopy();
        copy.records.putAll(records);
        copy.records.put(topic, edit.apply(new ArrayList<>(of(topic))));
        return copy;
    }

    /** The same record with another value. */
    static ConsumerRecord<byte[], byte[]> altered(ConsumerRecord<byte[], byte[]> record, byte[] value) {
        return new ConsumerRecord<>(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.timestampType(),
                record.serializedKeySize(),
                value.length,
                record.key(),
                value,
                record.headers(),
                record.leaderEpoch());
    }

    /** Writes them to a cluster that has these topics, and nothing in them. */
    void writeTo(String bootstrapServers) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
            records.values()
                    .forEach(all -> all.forEach(record -> producer.send(new ProducerRecord<>(
                            record.topic(),
                            record.partition(),
                            record.timestamp(),
                            record.key(),
                            record.value(),
                            record.headers()))));
            producer.flush();
        }
    }
}
