package eu.cloverwatch.runtime;

import eu.cloverwatch.topology.Rejects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** What stands in the rejects topic: which records, by their origins. */
public final class PublishedRejects {

    private final Map<String, Integer> byOrigin = new TreeMap<>();
    private final Map<String, Long> byTopic = new TreeMap<>();

    public PublishedRejects(Collection<ConsumerRecord<byte[], byte[]>> rejects) {
        for (ConsumerRecord<byte[], byte[]> reject : rejects) {
            String topic = header(reject, Rejects.TOPIC);
            byTopic.merge(topic, 1L, Long::sum);
            byOrigin.merge(
                    topic + "-" + header(reject, Rejects.PARTITION) + "@" + header(reject, Rejects.OFFSET),
                    1,
                    Integer::sum);
        }
    }

    /** Reads the topic to its end: what is committed. */
    public static PublishedRejects read(Deployment deployment) {
        return new PublishedRejects(deployment.rejects());
    }

    /** Number of rejects of records of this topic. */
    public long of(String topic) {
        return byTopic.getOrDefault(topic, 0L);
    }

    /** Number of rejects of records of any topic. */
    public long all() {
        return byTopic.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Records that were rejected more than once; empty if none was. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        byOrigin.forEach((origin, count) -> {
            if (count != 1) {
                problems.add(origin + " was rejected " + count + " times");
            }
        });
        return problems;
    }

    private static String header(ConsumerRecord<byte[], byte[]> reject, String name) {
        Header header = reject.headers().lastHeader(name);
        return header == null ? "(no " + name + ")" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
