package eu.cloverwatch.runtime.topics;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.TopicsSettings;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * What a topic should be: the one place that says so.
 *
 * @param name in the cluster
 * @param replicas the same for all its partitions
 * @param settings Kafka's, those that matter to us; of all others the cluster's or the operator's own are right
 */
public record TopicSpec(Topic topic, String name, int partitions, int replicas, SortedMap<String, String> settings) {

    /** What the monitor writes can be larger than what it read: a rejected record, and why it was rejected. */
    private static final String WRITTEN_BYTES = Integer.toString(8 << 20);

    /** Of every topic of the contract, in its order. */
    public static List<TopicSpec> all(Configuration configuration) {
        TopicsSettings choices = configuration.topics();
        return Arrays.stream(Topic.values())
                .map(topic -> new TopicSpec(
                        topic,
                        configuration.topicName(topic),
                        partitions(topic, choices),
                        choices.replicas(),
                        Collections.unmodifiableSortedMap(settings(topic, choices))))
                .toList();
    }

    private static int partitions(Topic topic, TopicsSettings choices) {
        return switch (topic) {
            // Of two policies that came into force together the one that arrived later counts: all must be in one
            // order.
            case POLICIES -> 1;
            // Few records; every instance reads the gateways whole.
            case GATEWAYS, LEDGER, REJECTS -> 1;
            case ACCESS_EVENTS,
                    EMPLOYEE_LOCATIONS,
                    CONSENTS,
                    GATEWAY_PASSES,
                    VIOLATIONS,
                    FINDINGS_OCSF,
                    INCIDENTS,
                    INCIDENTS_OCSF -> choices.partitions();
        };
    }

    private static SortedMap<String, String> settings(Topic topic, TopicsSettings choices) {
        SortedMap<String, String> settings = switch (topic) {
            case ACCESS_EVENTS, GATEWAY_PASSES -> byTime(choices.inputsRetention());
            case EMPLOYEE_LOCATIONS, GATEWAYS, POLICIES -> table(choices.compactionLag());
            case CONSENTS -> table(choices.consentsCompactionLag());
            case VIOLATIONS, INCIDENTS -> written(revisions(choices));
            case FINDINGS_OCSF, INCIDENTS_OCSF, LEDGER -> written(byTime(choices.resultsRetention()));
            case REJECTS -> written(byTime(choices.rejectsRetention()));
        };
        settings.put(MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(choices.minInsyncReplicas()));
        // A tombstone holds from its timestamp on, and an event may be no more than a day ahead of its own.
        settings.put(MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        return settings;
    }

    private static SortedMap<String, String> byTime(Duration retention) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE);
        settings.put(
                RETENTION_MS_CONFIG,
                retention.equals(TopicsSettings.FOREVER) ? "-1" : Long.toString(retention.toMillis()));
        return settings;
    }

    /** The history that is judged by: compaction must not take it early. */
    private static SortedMap<String, String> table(Duration lag) {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT);
        settings.put(MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(lag.toMillis()));
        return settings;
    }

    /** Superseded revisions are compacted away, which leaves gaps in the chain: not before it was verified. */
    private static SortedMap<String, String> revisions(TopicsSettings choices) {
        SortedMap<String, String> settings = byTime(choices.resultsRetention());
        settings.putAll(table(choices.compactionLag()));
        settings.put(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT + "," + CLEANUP_POLICY_DELETE);
        return settings;
    }

    private static SortedMap<String, String> written(SortedMap<String, String> settings) {
        settings.put(MAX_MESSAGE_BYTES_CONFIG, WRITTEN_BYTES);
        return settings;
    }

    /** For Kafka's client. */
    public NewTopic newTopic() {
        return new NewTopic(name, partitions, (short) replicas).configs(settings);
    }
}
