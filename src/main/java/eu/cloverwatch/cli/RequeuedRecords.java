package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.runtime.Requeue;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Which rejects were submitted again, and where they are now: told by the headers of the records, in the topics themselves. */
final class RequeuedRecords {

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(24);

    private final Map<Topic, Instant> earliest = new EnumMap<>(Topic.class);
    private final Map<String, List<String>> places = new HashMap<>();

    /** It may be found in this topic. */
    void expect(Topic topic, RejectedRecord reject) {
        // A fact that is requeued keeps its own time, so only all of its topic is enough; an event has that of the
        // requeue.
        Instant first =
                topic == Topic.ACCESS_EVENTS ? reject.place().timestamp().minus(CLOCKS_DIFFER) : Instant.EPOCH;
        earliest.merge(topic, first, (a, b) -> a.isBefore(b) ? a : b);
    }

    void read(ReplaySource source) {
        TopicReader reader = new TopicReader(source);
        earliest.forEach((topic, since) -> reader.read(reader.since(topic, since), range -> this::add, done -> {}));
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        Header from = record.headers().lastHeader(Requeue.FROM);
        if (from != null && from.value() != null) {
            places.computeIfAbsent(new String(from.value(), StandardCharsets.UTF_8), key -> new ArrayList<>())
                    .add(record.topic() + "-" + record.partition() + "@" + record.offset());
        }
    }

    /** Where it is now, in order; empty if it was not found. */
    List<String> of(RejectedRecord reject) {
        return places.getOrDefault(reject.place().toString(), List.of());
    }
}
