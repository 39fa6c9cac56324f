package eu.cloverwatch.audit.replay;

import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The cluster whose history is read.
 *
 * @param kafka properties of its consumers
 * @param names what the topics of the contract are called there; every topic has one
 * @param serde stays the caller's to close
 * @param workers how many partitions are read at a time, and buckets judged, of these at most four; from 1 on
 */
public record ReplaySource(Map<String, String> kafka, Map<Topic, String> names, RecordSerde serde, int workers) {

    public ReplaySource {
        kafka = Map.copyOf(kafka);
        names = Collections.unmodifiableMap(new EnumMap<>(names)); // asked for every record
        if (workers < 1) {
            throw new IllegalArgumentException("expected at least one worker, got " + workers);
        }
    }

    /** What the topic is called there. */
    public String name(Topic topic) {
        return Objects.requireNonNull(names.get(topic));
    }
}
