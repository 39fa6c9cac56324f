package eu.cloverwatch.runtime;

import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RegistryUnavailableException;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes records to the topics of the contract, in order. */
public final class Loader implements AutoCloseable {

    /** What a scenario directory may have records for; gateway passes only some have, and no monitor reads yet. */
    private static final List<Topic> TOPICS =
            List.of(Topic.POLICIES, Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.ACCESS_EVENTS);

    private final Configuration configuration;
    private final RecordSerde serde;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * Sees that the topics are there: the producer alone would wait for a minute, and then not say what is missing.
     *
     * @param serde stays the caller's to close
     * @throws EnvironmentException if the cluster does not answer, or a topic is missing
     */
    public Loader(Configuration configuration, RecordSerde serde) {
        new Cluster(configuration).partitions(TOPICS);
        this.configuration = configuration;
        this.serde = serde;
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-load");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsProperties.MAX_RECORD_BYTES);
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 20);
        this.producer = Cluster.client(
                () -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /**
     * Sends a record; it is safe only after {@link #flush}.
     *
     * @throws EnvironmentException if this or an earlier record could not be published
     */
    public void publish(Arrival arrival) {
        String topic = configuration.topicName(arrival.topic());
        byte[] key = arrival.key() == null ? null : arrival.key().getBytes(StandardCharsets.UTF_8);
        long timestamp = Math.max(0, arrival.timestamp().toEpochMilli());
        ProducerRecord<byte[], byte[]> message =
                new ProducerRecord<>(topic, null, timestamp, key, value(topic, arrival));
        try {
            producer.send(message, (metadata, e) -> {
                if (e != null) {
                    failure.compareAndSet(null, e);
                }
            });
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
        }
        failed();
    }

    private byte @Nullable [] value(String topic, Arrival arrival) {
        Arrival.Payload payload = arrival.payload();
        if (payload instanceof Arrival.Value value) {
            try {
                return serde.serialize(topic, value.record());
            } catch (RegistryUnavailableException e) {
                throw new EnvironmentException(String.valueOf(e.getMessage()), e);
            }
        }
        return payload instanceof Arrival.Raw raw ? raw.bytes() : null;
    }

    /** Returns once everything has been acknowledged. */
    public void flush() {
        producer.flush();
        failed();
    }

    private void failed() {
        Exception e = failure.get();
        if (e != null) {
            throw new EnvironmentException("a record could not be published: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
