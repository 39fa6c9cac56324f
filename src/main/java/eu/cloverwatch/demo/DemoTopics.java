package eu.cloverwatch.demo;

import eu.cloverwatch.wire.Topic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the contract, for a world that is small and lies in the past. */
final class DemoTopics {

    private static final int PARTITIONS = 4;
    private static final String FOR_EVER = Long.toString(Long.MAX_VALUE);

    private DemoTopics() {}

    static List<NewTopic> all() {
        return Arrays.stream(Topic.values())
                .map(topic -> new NewTopic(topic.defaultName(), partitions(topic), (short) 1).configs(configs(topic)))
                .toList();
    }

    /** Of two policies that came into force together the one that arrived later counts: all must be in one order. */
    private static int partitions(Topic topic) {
        return topic == Topic.POLICIES ? 1 : PARTITIONS;
    }

    private static Map<String, String> configs(Topic topic) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        // A scenario may lie in the future, too.
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, FOR_EVER);
        switch (topic) {
            case EMPLOYEE_LOCATIONS, CONSENTS, GATEWAYS, POLICIES -> {
                configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                configs.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, FOR_EVER);
            }
            case VIOLATIONS, INCIDENTS ->
                configs.put(
                        TopicConfig.CLEANUP_POLICY_CONFIG,
                        TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
            default -> {}
        }
        return configs;
    }
}
