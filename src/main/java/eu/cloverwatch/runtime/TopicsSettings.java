package eu.cloverwatch.runtime;

import java.time.Duration;

/**
 * How the topics of the contract are made; what is no choice of the operator's is not here.
 *
 * @param partitions of the topics that scale
 * @param replicas of every topic
 * @param minInsyncReplicas of every topic; not more than the replicas
 * @param inputsRetention of what is kept by time and read by the monitor; {@link #FOREVER} if without limit, likewise the others
 * @param resultsRetention of what the monitor publishes
 * @param rejectsRetention of what it refuses
 * @param compactionLag how long what was superseded is kept; never less than the history horizon
 * @param consentsCompactionLag the same for consents; may be less
 */
public record TopicsSettings(
        int partitions,
        int replicas,
        int minInsyncReplicas,
        Duration inputsRetention,
        Duration resultsRetention,
        Duration rejectsRetention,
        Duration compactionLag,
        Duration consentsCompactionLag) {

    /** Without limit. */
    public static final Duration FOREVER = Duration.ofMillis(Long.MAX_VALUE);

    /** @throws ConfigurationException if more replicas must be in sync than there are */
    public TopicsSettings {
        if (minInsyncReplicas > replicas) {
            throw new ConfigurationException(ConfigurationTopicKeys.MIN_INSYNC_REPLICAS
                    + ": expected not more than cloverwatch.topics.replication.factor, which is " + replicas + ", got "
                    + minInsyncReplicas);
        }
    }
}
