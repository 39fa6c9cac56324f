package eu.cloverwatch.runtime.topics;

import eu.cloverwatch.runtime.Causes;
import eu.cloverwatch.runtime.Cluster;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.EnvironmentException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The cluster, as who administers topics and permissions sees it. There is nothing here that deletes. */
public final class TopicsAdmin implements AutoCloseable {

    private static final int LOOKS = 100;
    private static final long LOOK_AGAIN_MS = 50;

    private final Cluster cluster;
    private final Admin admin;
    private final String bootstrapServers;

    /** @throws eu.cloverwatch.runtime.ConfigurationException if Kafka's client cannot do with the {@code kafka.} keys */
    public TopicsAdmin(Configuration configuration) {
        this.cluster = new Cluster(configuration);
        this.admin = cluster.admin();
        this.bootstrapServers = configuration.requireBootstrapServers();
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    int brokers() {
        return cluster.get(admin.describeCluster().nodes()).size();
    }

    /** Those of the names that there are. */
    Map<String, ExistingTopic> topics(Collection<String> names) {
        cluster.get(admin.describeCluster().nodes());
        Map<String, TopicDescription> described = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, answer) -> {
            try {
                described.put(name, permitted("DESCRIBE on the topic " + name, answer));
            } catch (UnknownTopicOrPartitionException e) {
                // to be made
            }
        });
        List<ConfigResource> resources = described.keySet().stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, ExistingTopic> topics = new HashMap<>();
        admin.describeConfigs(resources).values().forEach((resource, answer) -> {
            Map<String, String> settings =
                    permitted("DESCRIBE_CONFIGS on the topic " + resource.name(), answer).entries().stream()
                            .filter(entry -> entry.value() != null)
                            .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
            TopicDescription topic = Objects.requireNonNull(described.get(resource.name()));
            int replicas = topic.partitions().stream()
                    .mapToInt(partition -> partition.replicas().size())
                    .min()
                    .orElse(0);
            topics.put(resource.name(), new ExistingTopic(topic.partitions().size(), replicas, settings));
        });
        return topics;
    }

    /** All that there are; empty if the cluster has no authorizer. */
    Optional<Collection<AclBinding>> acls() {
        try {
            return Optional.of(permitted(
                    "DESCRIBE on the cluster",
                    admin.describeAcls(AclBindingFilter.ANY).values()));
        } catch (EnvironmentException e) {
            if (Causes.root(e) instanceof SecurityDisabledException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Returns when every partition takes records. */
    void create(Collection<TopicSpec> specs) {
        permitted("CREATE on the topics (or on the cluster)", () -> {
            TopicCreation.create(admin, specs.stream().map(TopicSpec::newTopic).toList());
            return specs;
        });
    }

    void alter(String topic, List<Difference> differences) {
        List<AlterConfigOp> operations = differences.stream()
                .map(difference -> new AlterConfigOp(
                        new ConfigEntry(difference.setting(), difference.should()), AlterConfigOp.OpType.SET))
                .toList();
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        permitted(
                "ALTER_CONFIGS on the topic " + topic,
                admin.incrementalAlterConfigs(Map.of(resource, operations)).all());
    }

    /** Returns when the broker that is asked has them, too: the controller answers before. */
    void create(List<AclBinding> bindings) {
        permitted("ALTER on the cluster", admin.createAcls(bindings).all());
        List<AclBinding> missing = new ArrayList<>(bindings);
        for (int look = 0; look < LOOKS && !missing.isEmpty(); look++) {
            pause();
            acls().ifPresent(missing::removeAll);
        }
        if (!missing.isEmpty()) {
            throw new EnvironmentException("permissions were made, but " + bootstrapServers + " does not have them: "
                    + AclComparison.text(missing.get(0)));
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while making permissions", e);
        }
    }

    private <T> T permitted(String needed, KafkaFuture<T> answer) {
        return permitted(needed, () -> cluster.get(answer));
    }

    private <T> T permitted(String needed, Supplier<T> answer) {
        try {
            return answer.get();
        } catch (EnvironmentException e) {
            if (Causes.root(e) instanceof AuthorizationException) {
                throw new EnvironmentException(bootstrapServers + ": no permission; " + needed + " is needed", e);
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
