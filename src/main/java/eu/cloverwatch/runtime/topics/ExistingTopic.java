package eu.cloverwatch.runtime.topics;

import java.util.Map;

/**
 * A topic as it is in the cluster.
 *
 * @param replicas of the partition that has the fewest
 * @param settings all that are in force, whoever set them
 */
record ExistingTopic(int partitions, int replicas, Map<String, String> settings) {}
