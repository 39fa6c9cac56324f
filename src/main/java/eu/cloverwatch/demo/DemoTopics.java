package eu.cloverwatch.demo;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.topics.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** The topics of the contract, for a world that is small and lies in the past. */
final class DemoTopics {

    private static final Map<String, String> SMALL_AND_KEPT = Map.of(
            "cloverwatch.topics.partitions", "4",
            "cloverwatch.topics.replication.factor", "1",
            "cloverwatch.topics.min.insync.replicas", "1",
            "cloverwatch.topics.retention.inputs", "forever",
            "cloverwatch.topics.retention.results", "forever",
            "cloverwatch.topics.retention.rejects", "forever",
            "cloverwatch.topics.compaction.lag", "forever");

    private DemoTopics() {}

    static List<NewTopic> all() {
        return TopicSpec.all(Configuration.load(null, Map.of(), SMALL_AND_KEPT)).stream()
                .map(DemoTopics::topic)
                .toList();
    }

    /** A scenario may lie in the future, too. */
    private static NewTopic topic(TopicSpec spec) {
        Map<String, String> settings = new HashMap<>(spec.settings());
        settings.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        return spec.newTopic().configs(settings);
    }
}
