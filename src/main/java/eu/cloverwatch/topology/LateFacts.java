package eu.cloverwatch.topology;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Facts that reach back beyond the look-back: events older than that, which they may concern, are judged by replay only. Counted
 * since the start of the process; a gateway's approval counts in each partition of subjects. Safe for use by several threads.
 */
public final class LateFacts {

    private static final Logger log = LoggerFactory.getLogger(LateFacts.class);
    private static final long LOG_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private final Map<Topic, AtomicLong> counts = new EnumMap<>(Topic.class);
    private final AtomicLong loggedAt = new AtomicLong(System.nanoTime() - LOG_EVERY_NANOS);

    public LateFacts() {
        for (Topic topic : Topic.values()) {
            counts.put(topic, new AtomicLong());
        }
    }

    /** Says so at most once a minute: a table that is loaded anew may be nothing but late facts. */
    void add(Topic topic, Origin origin) {
        add(topic, origin.toString());
    }

    /** @param origin {@code topic-partition@offset} */
    void add(Topic topic, String origin) {
        AtomicLong count = counts.get(topic);
        if (count == null) {
            throw new IllegalArgumentException("not a topic: " + topic);
        }
        long total = count.incrementAndGet();
        long now = System.nanoTime();
        long last = loggedAt.get();
        if (now - last >= LOG_EVERY_NANOS && loggedAt.compareAndSet(last, now)) {
            log.warn(
                    "{} reaches back beyond the look-back, as did {} of {} so far: older events are judged by replay only",
                    origin,
                    total,
                    topic.baseName());
        }
    }

    /** Number of facts of this topic. */
    public long count(Topic topic) {
        AtomicLong count = counts.get(topic);
        return count == null ? 0 : count.get();
    }
}
