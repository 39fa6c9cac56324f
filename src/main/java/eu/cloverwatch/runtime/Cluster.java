package eu.cloverwatch.runtime;

import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is asked of the cluster before anything is read: whether it answers, and whether the topics are there. */
public final class Cluster {

    /** Shorter than Kafka's own, for a cluster that answers at once or is not there. */
    private static final String PATIENCE_MS = "15000";

    private static final Logger log = LoggerFactory.getLogger(Cluster.class);

    private final Configuration configuration;
    private final String bootstrapServers;
    private final Map<String, Object> properties;
    private final Duration patience;

    /** @throws ConfigurationException if Kafka's client cannot do with the {@code kafka.} keys */
    public Cluster(Configuration configuration) {
        this.configuration = configuration;
        this.bootstrapServers = configuration.requireBootstrapServers();
        this.properties = properties(configuration);
        try {
            AdminClientConfig config = new AdminClientConfig(properties);
            this.patience = Duration.ofMillis(Math.max(
                    config.getInt(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG),
                    config.getInt(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)));
        } catch (ConfigException e) {
            throw refused(e);
        }
    }

    /** A user's time-out is taken with Kafka's default for the other: the two must fit together. */
    private static Map<String, Object> properties(Configuration configuration) {
        Map<String, Object> properties = new HashMap<>(configuration.kafka());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, configuration.applicationId() + "-check");
        if (!properties.containsKey(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG)
                && !properties.containsKey(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
            properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
            properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        }
        return properties;
    }

    /** As {@link #partitions(Iterable, Collection)}, where there must be all. */
    Map<Topic, Integer> partitions(Iterable<Topic> topics) {
        return partitions(topics, List.of());
    }

    /**
     * The number of partitions of each of these topics.
     *
     * @param optional of these, topics that need not be there
     * @throws EnvironmentException if the cluster does not answer, or another topic is missing: all missing ones are named
     */
    Map<Topic, Integer> partitions(Iterable<Topic> topics, Collection<Topic> optional) {
        try (Admin admin = admin()) {
            get(admin.describeCluster().nodes());
            Map<Topic, Integer> partitions = new HashMap<>();
            List<String> missing = new ArrayList<>();
            for (Topic topic : topics) {
                String name = configuration.topicName(topic);
                try {
                    TopicDescription description = get(Objects.requireNonNull(admin.describeTopics(List.of(name))
                            .topicNameValues()
                            .get(name)));
                    partitions.put(topic, description.partitions().size());
                } catch (UnknownTopicOrPartitionException e) {
                    if (optional.contains(topic)) {
                        log.warn("{} is not there: it is done without", name);
                    } else {
                        missing.add(name);
                    }
                } catch (EnvironmentException e) {
                    throw Causes.root(e) instanceof TopicAuthorizationException
                            ? new EnvironmentException(
                                    name + ": no permission; READ or WRITE, each of which includes DESCRIBE, is needed",
                                    e)
                            : e;
                }
            }
            if (!missing.isEmpty()) {
                throw new EnvironmentException("missing at " + bootstrapServers + ": " + String.join(", ", missing)
                        + "; `cloverwatch topics apply` makes them, cloverwatch.topic.* names others");
            }
            return partitions;
        }
    }

    /**
     * A client for whoever administers the cluster; the caller's to close.
     *
     * @throws ConfigurationException if it cannot do with the {@code kafka.} keys
     */
    public Admin admin() {
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw refused(e);
        }
    }

    /**
     * Makes a client.
     *
     * @throws ConfigurationException if it cannot do with the {@code kafka.} keys
     */
    static <T> T client(Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (ConfigException e) {
            throw refused(e);
        } catch (KafkaException e) {
            // Clients wrap what they find wrong with their configuration.
            throw e.getCause() instanceof ConfigException ? refused(e) : e;
        }
    }

    private static ConfigurationException refused(KafkaException e) {
        String message = Causes.message(e);
        // Its parser repeats what it does not understand, which may be half a password.
        String reason = message.contains("JAAS")
                ? "sasl.jaas.config: expected a login module, `required`, and its options as key=\"value\", with a semicolon at the"
                        + " end"
                : message;
        return new ConfigurationException("kafka.*: Kafka's client refuses them: " + reason, e);
    }

    /**
     * Waits for an answer.
     *
     * @throws UnknownTopicOrPartitionException as it came
     * @throws EnvironmentException if none comes, or the cluster refuses; with that as its cause
     */
    public <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException missing) {
                throw missing;
            }
            if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw new EnvironmentException(
                        "no broker answers at " + bootstrapServers + " within " + patience.toSeconds() + " s", e);
            }
            throw new EnvironmentException(bootstrapServers + ": " + Causes.message(e), e);
        } catch (TimeoutException e) {
            throw new EnvironmentException(bootstrapServers + " does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted", e);
        }
    }
}
