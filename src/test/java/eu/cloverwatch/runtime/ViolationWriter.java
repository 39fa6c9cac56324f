package eu.cloverwatch.runtime;

import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes to the violations topic of a deployment as its monitor would: in transactions. */
public final class ViolationWriter implements AutoCloseable {

    private final Deployment deployment;
    private final String topic;
    private final KafkaProducer<String, byte[]> producer;

    public ViolationWriter(Deployment deployment) {
        this.deployment = deployment;
        this.topic = deployment.topic(Topic.VIOLATIONS);
        Map<String, Object> properties =
                new HashMap<>(deployment.configuration("writer").kafka());
        properties.put("transactional.id", topic);
        properties.put("metadata.max.age.ms", 1_000);
        this.producer = new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
    }

    /** Returns when they are committed. */
    public void publish(Violation... violations) {
        producer.beginTransaction();
        for (Violation violation : violations) {
            send(null, violation.getViolationId(), deployment.serde().serialize(topic, violation));
        }
        producer.commitTransaction();
    }

    /** To a partition that may be new. */
    void publishTo(int partition, Violation violation) {
        producer.beginTransaction();
        send(partition, violation.getViolationId(), deployment.serde().serialize(topic, violation));
        producer.commitTransaction();
    }

    void publish(byte[] value) {
        producer.beginTransaction();
        send(0, "key", value);
        producer.commitTransaction();
    }

    /** What nobody who reads committed records may see. */
    void abort(Violation violation) throws ExecutionException, InterruptedException {
        producer.beginTransaction();
        send(0, violation.getViolationId(), deployment.serde().serialize(topic, violation))
                .get();
        producer.abortTransaction();
    }

    private Future<?> send(@Nullable Integer partition, String key, byte[] value) {
        return producer.send(new ProducerRecord<>(topic, partition, key, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
