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
 * @param partitions number of partitions of the topics that are there; access-events, employee-locations and consents must
 *     be, so that what goes to sources, actors and subjects is partitioned alike
 * @param lookback how long, in event time, an event and its id are remembered
 * @param historyHorizon how long what was superseded is kept; not less than the look-back
 * @param epochRecords epochs of the ledger end at multiples of this offset
 * @param ledgerIdle after this time without a record an open epoch is published as a partial one
 * @param ledgerOverdue how long records may be without outcome before that is logged
 * @param revisitPortion how many remembered events are judged again before what has arrived since goes on
 * @param incidentGap violations of one actor with no longer time between them are one incident
 * @param stores where state is kept
 */
public record TopologySettings(
        String applicationId,
        Map<Topic, String> topicNames,
        Map<Topic, Integer> partitions,
        Duration lookback,
        Duration historyHorizon,
        int epochRecords,
        Duration ledgerIdle,
        Duration ledgerOverdue,
        int revisitPortion,
        Duration incidentGap,
        StoreKind stores,
        Pseudonyms pseudonyms) {

    /** Small enough for a transaction of seconds at most. */
    public static final int REVISIT_PORTION = 2_000;

    /** PERSISTENT for production; IN_MEMORY is for worlds that are small and start often. Both have changelogs. */
    public enum StoreKind {
        PERSISTENT,
        IN_MEMORY
    }

    public String name(Topic topic) {
        return topicNames.getOrDefault(topic, topic.defaultName());
    }

    /** Whether the cluster has a topic that not all have. */
    boolean has(Topic topic) {
        return partitions.containsKey(topic);
    }

    int partitions(Topic topic) {
        Integer count = partitions.get(topic);
        if (count == null) {
            throw new IllegalArgumentException("the number of partitions of " + topic + " is not known");
        }
        return count;
    }
}
