package eu.cloverwatch.runtime.topics;

import eu.cloverwatch.runtime.Causes;
import eu.cloverwatch.runtime.EnvironmentException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes topics and waits until they are there in earnest. Kafka answers before the logs exist, and an idempotent producer whose
 * first batches meet no log can spin on OutOfOrderSequence until its time-out (KAFKA-15591).
 */
public final class TopicCreation {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final long PAUSE_MS = 20;

    private TopicCreation() {}

    /**
     * Makes those that are not there yet; returns when every partition of all of them takes records.
     *
     * @throws EnvironmentException if that takes more than a minute, or a topic is refused
     */
    public static void create(Admin admin, Collection<NewTopic> topics) {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        List<String> names = topics.stream().map(NewTopic::name).toList();
        try {
            while (!areCreated(admin, topics) || !answersForEveryPartition(admin, names)) {
                if (System.nanoTime() > deadline) {
                    throw new EnvironmentException(
                            "topics " + names + " are not there after " + TIMEOUT.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new EnvironmentException("cannot create topics: " + Causes.message(e), e);
        }
    }

    /** False if the controller misses its broker, as for a moment on a machine too busy for heartbeats. */
    private static boolean areCreated(Admin admin, Collection<NewTopic> topics)
            throws InterruptedException, ExecutionException {
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof InvalidReplicationFactorException) {
                    return false;
                }
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return true;
    }

    private static boolean answersForEveryPartition(Admin admin, List<String> names)
            throws InterruptedException, ExecutionException {
        try {
            Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(p ->
                                partitions.put(new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
            }
            admin.listOffsets(partitions).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }
}
