package eu.cloverwatch.runtime;

import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RegistryUnavailableException;
import eu.cloverwatch.wire.Topic;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** The policies topic, as who publishes a policy sees it: what is there, and one more. Without a group; nothing is committed. */
public final class PolicyTopic {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Configuration configuration;
    private final RecordSerde serde;
    private final String topic;
    private final int partitions;

    /**
     * @param serde stays the caller's to close
     * @throws EnvironmentException if the cluster does not answer, or the topic is missing
     */
    public PolicyTopic(Configuration configuration, RecordSerde serde) {
        this.configuration = configuration;
        this.serde = serde;
        this.topic = configuration.topicName(Topic.POLICIES);
        this.partitions =
                new Cluster(configuration).partitions(List.of(Topic.POLICIES)).getOrDefault(Topic.POLICIES, 1);
    }

    /**
     * All revisions that are in the topic now, in the order of each partition.
     *
     * @param problems receives a line for each record that is no revision; the monitor rejects it, too
     * @throws EnvironmentException if the topic or the registry cannot be read
     */
    public List<PolicyRevision> revisions(Consumer<String> problems) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-policy");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        List<PolicyRevision> revisions = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = Cluster.client(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()))) {
            readToEnd(consumer, record -> {
                PolicyRevision revision = revision(record, problems);
                if (revision != null) {
                    revisions.add(revision);
                }
            });
        } catch (KafkaException e) {
            throw new EnvironmentException(topic + " cannot be read: " + Causes.message(e), e);
        } catch (RegistryUnavailableException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
        return revisions;
    }

    private void readToEnd(KafkaConsumer<byte[], byte[]> consumer, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        consumer.assign(all);
        consumer.seekToBeginning(all);
        Map<TopicPartition, Long> ends = consumer.endOffsets(all);
        long start = System.nanoTime();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (System.nanoTime() - start > PATIENCE_NANOS) {
                throw new EnvironmentException(topic + " cannot be read to its end within 30 s");
            }
            consumer.poll(POLL).forEach(sink);
        }
    }

    private @Nullable PolicyRevision revision(ConsumerRecord<byte[], byte[]> record, Consumer<String> problems) {
        String place = topic + "-" + record.partition() + "@" + record.offset();
        try {
            if (record.value() == null) {
                throw new InvalidRecordException("value", "a policy revision: a policy cannot be deleted");
            }
            PolicyRevision revision = ModelRecords.policyRevision((eu.cloverwatch.v1.PolicyRevision) serde.deserialize(
                    topic, record.value(), Topic.POLICIES.schema().orElseThrow()));
            String key = record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8);
            if (!revision.policyId().equals(key)) {
                throw new InvalidRecordException("policy_id", "the same as the record's key");
            }
            return revision;
        } catch (UnreadableRecordException | InvalidRecordException e) {
            problems.accept(place + ": no policy revision: " + e.getMessage());
            return null;
        }
    }

    /**
     * Publishes a revision, with its {@code recorded_at} as the record's timestamp, and waits until all replicas have it.
     *
     * @return where it is, for example {@code cloverwatch.policies.v1-0@7}
     * @throws EnvironmentException if it could not be published
     */
    public String publish(PolicyRevision revision) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-policy");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        try (KafkaProducer<byte[], byte[]> producer = Cluster.client(
                () -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()))) {
            byte[] key = revision.policyId().getBytes(StandardCharsets.UTF_8);
            long timestamp = revision.recordedAt().toEpochMilli();
            var sent = producer.send(
                            new ProducerRecord<>(topic, null, timestamp, key, serde.serialize(topic, avro(revision))))
                    .get();
            return topic + "-" + sent.partition() + "@" + sent.offset();
        } catch (ExecutionException | KafkaException e) {
            throw new EnvironmentException("the policy could not be published: " + Causes.message(e), e);
        } catch (RegistryUnavailableException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted; whether the policy was published is not known", e);
        }
    }

    private static eu.cloverwatch.v1.PolicyRevision avro(PolicyRevision revision) {
        return new eu.cloverwatch.v1.PolicyRevision(
                revision.policyId(),
                revision.effectiveFrom(),
                revision.recordedAt(),
                revision.author(),
                revision.sha256(),
                revision.document());
    }
}
