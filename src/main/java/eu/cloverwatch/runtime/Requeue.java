package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes rejected records to where they came from, idempotently, and in order. By key: Kafka's default partitioner. Needs WRITE
 * on these topics, and no more.
 */
public final class Requeue implements AutoCloseable {

    /** Where in the rejects topic it was, as {@code topic-partition@offset}. */
    public static final String FROM = "cloverwatch.requeued.from";

    /** Where it was read and rejected: the rejects may be gone by the time that somebody asks. */
    public static final String ORIGIN = "cloverwatch.requeued.origin";

    /** {@code true} if it was changed, {@code false} if it is as it came. */
    public static final String REPAIRED = "cloverwatch.requeued.repaired";

    /** What may be under way at a time: after a failure nothing is known of as many. */
    private static final int UNDER_WAY = 1_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final BiConsumer<RejectedRecord, String> sent;
    private final Deque<Sending> underWay = new ArrayDeque<>();
    private long acknowledged;

    private record Sending(RejectedRecord reject, Future<RecordMetadata> answer) {}

    /**
     * What is to be published of a reject.
     *
     * @param topic its name in the cluster
     * @param repaired whether key and value are other than they were
     */
    public record Message(
            String topic, byte @Nullable [] key, byte @Nullable [] value, Instant timestamp, boolean repaired) {}

    /**
     * @param topics that will be written to
     * @param sent receives each reject that was acknowledged by all replicas, with its new place, in the order of sending
     * @throws EnvironmentException if the cluster does not answer, or a topic is missing
     */
    public Requeue(Configuration configuration, Collection<Topic> topics, BiConsumer<RejectedRecord, String> sent) {
        new Cluster(configuration).partitions(topics);
        this.sent = sent;
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-requeue");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamsProperties.MAX_RECORD_BYTES);
        this.producer = Cluster.client(
                () -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    /** @throws EnvironmentException if this or an earlier one could not be published; says which were, and which is first of the others */
    public void send(RejectedRecord reject, Message message) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                message.topic(), null, message.timestamp().toEpochMilli(), message.key(), message.value());
        add(record, FROM, reject.place().toString());
        add(record, ORIGIN, reject.origin().toString());
        add(record, REPAIRED, Boolean.toString(message.repaired()));
        try {
            underWay.add(new Sending(reject, producer.send(record)));
        } catch (KafkaException e) {
            confirm(0);
            throw failed(reject.place(), e);
        }
        confirm(UNDER_WAY);
    }

    private static void add(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns once everything has been acknowledged. */
    public void flush() {
        producer.flush();
        confirm(0);
    }

    private void confirm(int left) {
        EnvironmentException failure = null;
        while (underWay.size() > left || (failure != null && !underWay.isEmpty())) {
            Sending sending = underWay.remove();
            try {
                RecordMetadata place = sending.answer().get();
                acknowledged++;
                sent.accept(sending.reject(), place.topic() + "-" + place.partition() + "@" + place.offset());
            } catch (ExecutionException e) {
                failure = failure == null ? failed(sending.reject().place(), e) : failure;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed(sending.reject().place(), e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private EnvironmentException failed(Origin place, Exception e) {
        return new EnvironmentException(
                place + " could not be published, and what comes after it was not, unless it is listed: "
                        + Causes.message(e),
                e);
    }

    /** How many are known to be published. */
    public long acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        producer.close();
    }
}
