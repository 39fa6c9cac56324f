package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Role;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Everything that can be tried, really tried, as one who has a role, in a way that changes nothing but offsets and records;
 * what is true is what the broker did not refuse.
 */
final class Attempts {

    /** More than any topic has. */
    private static final int PARTITIONS = 50;

    private final Map<Attempt, Boolean> allowed = new LinkedHashMap<>();
    private final Role role;
    private final Map<String, Object> client;

    Attempts(Role role, Map<String, Object> client) {
        this.role = role;
        this.client = new HashMap<>(client);
        this.client.put("max.block.ms", 10_000);
        // A topic is not asked for while the broker still waits for news of the one before.
        this.client.put("fetch.max.wait.ms", 20);
        this.client.put("client.id", role.configurationName());
    }

    /** Every topic must have a record in partition 0. */
    Map<Attempt, Boolean> all(Collection<String> topics, Collection<String> groups, Collection<String> transactions)
            throws Exception {
        try (Admin admin = Admin.create(client)) {
            administer(admin, topics);
            coordinate(admin, groups, transactions);
            for (AclOperation operation : admin.describeCluster(
                            new DescribeClusterOptions().includeAuthorizedOperations(true))
                    .authorizedOperations()
                    .get()) {
                note(ResourceType.CLUSTER, "kafka-cluster", operation, true);
            }
        }
        readAndWrite(topics);
        for (String id : transactions) {
            beginTransactions(id);
        }
        return allowed;
    }

    private void administer(Admin admin, Collection<String> topics) throws Exception {
        note(AclOperation.DESCRIBE, admin.describeTopics(topics).topicNameValues());
        note(
                AclOperation.CREATE,
                admin.createTopics(
                                topics.stream()
                                        .map(topic -> new NewTopic(topic, 1, (short) 1))
                                        .toList(),
                                new CreateTopicsOptions().validateOnly(true))
                        .values());
        note(
                AclOperation.ALTER,
                admin.createPartitions(
                                by(topics, topic -> topic, topic -> NewPartitions.increaseTo(PARTITIONS)),
                                new CreatePartitionsOptions().validateOnly(true))
                        .values());
        for (var answer : admin.describeConfigs(
                        topics.stream().map(Attempts::resource).toList())
                .values()
                .entrySet()) {
            note(ResourceType.TOPIC, answer.getKey().name(), AclOperation.DESCRIBE_CONFIGS, answer.getValue());
        }
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry("segment.ms", "86400000"), AlterConfigOp.OpType.SET);
        for (var answer : admin.incrementalAlterConfigs(
                        by(topics, Attempts::resource, topic -> List.of(change)),
                        new AlterConfigsOptions().validateOnly(true))
                .values()
                .entrySet()) {
            note(ResourceType.TOPIC, answer.getKey().name(), AclOperation.ALTER_CONFIGS, answer.getValue());
        }
        for (var answer : admin.deleteRecords(by(topics, Attempts::first, topic -> RecordsToDelete.beforeOffset(0)))
                .lowWatermarks()
                .entrySet()) {
            note(ResourceType.TOPIC, answer.getKey().topic(), AclOperation.DELETE, answer.getValue());
        }
    }

    private void coordinate(Admin admin, Collection<String> groups, Collection<String> transactions) throws Exception {
        for (String group : groups) {
            note(
                    ResourceType.GROUP,
                    group,
                    AclOperation.DESCRIBE,
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            // Of a topic that nobody reads: what counts is whether it is the group that is refused.
            note(
                    ResourceType.GROUP,
                    group,
                    AclOperation.READ,
                    admin.alterConsumerGroupOffsets(group, Map.of(first("elsewhere"), new OffsetAndMetadata(0)))
                            .all());
            note(
                    ResourceType.GROUP,
                    group,
                    AclOperation.DELETE,
                    admin.deleteConsumerGroups(List.of(group)).all());
        }
        for (String id : transactions) {
            note(
                    ResourceType.TRANSACTIONAL_ID,
                    id,
                    AclOperation.DESCRIBE,
                    admin.describeTransactions(List.of(id)).all());
        }
    }

    private void readAndWrite(Collection<String> topics) throws Exception {
        // An idempotent one that may write nowhere is refused as a whole, before a topic is.
        Map<String, Object> plain = new HashMap<>(client);
        plain.put("enable.idempotence", false);
        try (KafkaConsumer<String, String> consumer =
                        new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer());
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(plain, new StringSerializer(), new StringSerializer())) {
            for (String topic : topics) {
                note(ResourceType.TOPIC, topic, AclOperation.READ, isRead(consumer, topic));
                note(
                        ResourceType.TOPIC,
                        topic,
                        AclOperation.WRITE,
                        producer.send(new ProducerRecord<>(topic, 0, "key", role.configurationName())));
            }
        }
    }

    private static boolean isRead(KafkaConsumer<String, String> consumer, String topic) {
        long start = System.nanoTime();
        try {
            consumer.assign(List.of(first(topic)));
            consumer.seekToBeginning(List.of(first(topic)));
            while (consumer.poll(Duration.ofMillis(100)).isEmpty()) {
                if (System.nanoTime() - start > Duration.ofSeconds(20).toNanos()) {
                    throw new AssertionError("neither a record of " + topic + " nor a refusal");
                }
            }
            return true;
        } catch (TopicAuthorizationException e) {
            return false;
        }
    }

    private void beginTransactions(String id) {
        Map<String, Object> transactional = new HashMap<>(client);
        transactional.put("transactional.id", id);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(transactional, new StringSerializer(), new StringSerializer())) {
            boolean begun = true;
            try {
                producer.initTransactions();
            } catch (AuthorizationException e) {
                begun = false;
            }
            note(ResourceType.TRANSACTIONAL_ID, id, AclOperation.WRITE, begun);
        }
    }

    private void note(AclOperation operation, Map<String, ? extends Future<?>> byTopic) throws Exception {
        for (var answer : byTopic.entrySet()) {
            note(ResourceType.TOPIC, answer.getKey(), operation, answer.getValue());
        }
    }

    /** Any other failure means that it would have been allowed: to make what is there, or delete a group that is not. */
    private void note(ResourceType type, String name, AclOperation operation, Future<?> answer) throws Exception {
        boolean refused = false;
        try {
            answer.get();
        } catch (ExecutionException e) {
            refused = type == ResourceType.GROUP
                    ? e.getCause() instanceof org.apache.kafka.common.errors.GroupAuthorizationException
                    : e.getCause() instanceof AuthorizationException;
        }
        note(type, name, operation, !refused);
    }

    private void note(ResourceType type, String name, AclOperation operation, boolean isAllowed) {
        allowed.put(new Attempt(role, type, name, operation), isAllowed);
    }

    private static TopicPartition first(String topic) {
        return new TopicPartition(topic, 0);
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <K, V> Map<K, V> by(Collection<String> names, Function<String, K> key, Function<String, V> value) {
        Map<K, V> map = new HashMap<>();
        names.forEach(name -> map.put(key.apply(name), value.apply(name)));
        return map;
    }
}
