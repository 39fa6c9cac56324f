package eu.cloverwatch.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * How far the monitors of an application id have committed, and how far the topics go. Every method fails with a
 * RetriableException where it may be asked again, and with an EnvironmentException where the cluster refuses.
 */
final class GroupOffsets implements AutoCloseable {

    /** A transaction that is being decided holds an answer back; who asks can ask again. */
    private static final String PATIENCE_MS = "2000";

    private final Admin admin;
    private final String group;

    GroupOffsets(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-offsets");
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        this.admin = Cluster.client(() -> Admin.create(properties));
        this.group = configuration.applicationId();
    }

    /** Those of the topics that there are. */
    List<TopicPartition> partitions(Predicate<String> topics) throws InterruptedException {
        List<String> names =
                get(admin.listTopics().names()).stream().filter(topics).toList();
        List<TopicPartition> partitions = new ArrayList<>();
        get(admin.describeTopics(names).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions().forEach(info -> partitions.add(new TopicPartition(name, info.partition()))));
        return partitions;
    }

    /** The next offset to read, of the partitions where one was committed; by transactions that are decided, no others. */
    Map<TopicPartition, Long> committed() throws InterruptedException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        try {
            var answer =
                    admin.listConsumerGroupOffsets(group, new ListConsumerGroupOffsetsOptions().requireStable(true));
            get(answer.partitionsToOffsetAndMetadata()).forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
        } catch (GroupIdNotFoundException e) {
            // No monitor has been there yet.
            return Map.of();
        }
        return committed;
    }

    /** The offset after the last record, of whatever transaction. */
    Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws InterruptedException {
        return ends(partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    /** The offset before which every transaction is decided and marked. */
    Map<TopicPartition, Long> stableEnds(List<TopicPartition> partitions) throws InterruptedException {
        return ends(partitions, IsolationLevel.READ_COMMITTED);
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel isolation)
            throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T get(KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException again) {
                throw again;
            }
            if (e.getCause() instanceof GroupIdNotFoundException none) {
                throw none;
            }
            throw new EnvironmentException("the offsets cannot be read: " + Causes.message(e), e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
