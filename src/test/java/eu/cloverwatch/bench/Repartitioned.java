package eu.cloverwatch.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What a running monitor has written to its repartition topics of events, and what it has read of the events, by the counters that Kafka
 * Streams keeps of each topic (KIP-846).
 *
 * @param records in these topics: an access by a person that leaves is in two of them
 * @param bytes of their keys and values, before compression
 * @param eventBytes likewise, of all access events read
 */
record Repartitioned(long records, long bytes, long eventBytes) {

    private static final List<String> SINKS = List.of(
            "by-actor-repartition-sink", "services-by-subject-repartition-sink", "persons-by-subject-repartition-sink");

    /** @throws IllegalStateException if no monitor of this application id counts */
    static Repartitioned by(String applicationId) {
        try {
            long records = 0;
            long bytes = 0;
            for (String sink : SINKS) {
                records += sum(applicationId, sink, "records-produced-total");
                bytes += sum(applicationId, sink, "bytes-produced-total");
            }
            return new Repartitioned(records, bytes, sum(applicationId, "access-events", "bytes-consumed-total"));
        } catch (JMException e) {
            throw new IllegalStateException("the counters of Kafka Streams cannot be read", e);
        }
    }

    private static long sum(String applicationId, String node, String counter) throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> tasks = server.queryNames(
                new ObjectName("kafka.streams:type=stream-topic-metrics,processor-node-id=" + node + ",*"), null);
        long sum = 0;
        for (ObjectName task : tasks) {
            if (task.getKeyProperty("thread-id").startsWith(applicationId + "-")) {
                sum += ((Number) server.getAttribute(task, counter)).longValue();
            }
        }
        if (sum == 0) {
            throw new IllegalStateException(counter + " of " + node + " in " + applicationId + ": nothing is counted");
        }
        return sum;
    }
}
