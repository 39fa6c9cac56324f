package eu.cloverwatch.topology;

import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.Map;

/**
 * What the topology depends on beside the records.
 *
 * @param applicationId id of the Streams application; prefix of its internal topics and name of its hash chains
 * @param topicNames of all topics
 * @param subjectPartitions number of partitions of the consents topic, so that candidates are partitioned alike
 * @param lookback how long, in event time, a candidate and its id are remembered
 * @param stores where state is kept
 */
public record TopologySettings(
        String applicationId,
        Map<Topic, String> topicNames,
        int subjectPartitions,
        Duration lookback,
        StoreKind stores,
        Pseudonyms pseudonyms) {

    /** PERSISTENT for production; IN_MEMORY is for worlds that are small and start often. Both have changelogs. */
    public enum StoreKind {
        PERSISTENT,
        IN_MEMORY
    }

    public String name(Topic topic) {
        return topicNames.getOrDefault(topic, topic.defaultName());
    }
}
