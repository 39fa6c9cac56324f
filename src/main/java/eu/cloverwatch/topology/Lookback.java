package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The events that are remembered, by lane and event time, and until when: each is forgotten when the stream time of its lane has
 * passed it by the look-back. A lane is a way by which events come here in the order in which they were read. Source partitions
 * are read at different speeds, and accesses by persons come by their actors: what is ahead must not make forgotten what is still
 * under way.
 */
final class Lookback {

    private static final int MAX_SWEPT = 10_000;
    private static final int SWEEPS_PER_LOOKBACK = 1_000;
    private static final int TIME_PREFIX = Integer.BYTES + Long.BYTES;
    private static final byte[] NOTHING = new byte[0];

    private final KeyValueStore<byte[], byte[]> byTime;
    private final KeyValueStore<String, Long> streamTimes;
    private final Forget forget;
    private final long lookbackMs;

    /** How far the look-back moves before what it has passed is swept out: a search for every event would be dear. */
    private final long sweepMs;

    /** By lane: nothing older is left. Not known after a restart, which may have changed the look-back. */
    private final Map<Integer, Long> forgottenBefore = new HashMap<>();

    /** Stream times that lanes will have when time goes on; after a restart, the next event tells. */
    private final Map<Integer, Instant> held = new HashMap<>();

    /** Of all lanes; null before it is first asked for. */
    private @Nullable Long greatest;

    /** Removes an event, unless it was remembered anew since, under another time key. */
    interface Forget {
        void forget(byte[] key, byte[] timeKey);
    }

    /**
     * @param byTime keys of events, by lane and event time
     * @param streamTimes the greatest event time seen, by lane
     */
    Lookback(
            KeyValueStore<byte[], byte[]> byTime,
            KeyValueStore<String, Long> streamTimes,
            Duration lookback,
            Forget forget) {
        this.byTime = byTime;
        this.streamTimes = streamTimes;
        this.forget = forget;
        this.lookbackMs = lookback.toMillis();
        this.sweepMs = lookbackMs / SWEEPS_PER_LOOKBACK;
    }

    /** Whether an event is remembered still; one that it has passed may wait to be swept out. */
    boolean covers(int lane, Instant occurredAt) {
        Long streamTime = streamTimes.get(Integer.toString(lane));
        return streamTime == null || occurredAt.toEpochMilli() >= start(streamTime);
    }

    /** Whether a fact that is valid from then on may concern events that are remembered no more. */
    boolean isExceededBy(Instant effectiveFrom) {
        Long greatest = greatestStreamTime();
        return greatest != null && effectiveFrom.toEpochMilli() < start(greatest);
    }

    private @Nullable Long greatestStreamTime() {
        if (greatest == null) {
            try (KeyValueIterator<String, Long> times = streamTimes.all()) {
                times.forEachRemaining(
                        entry -> greatest = greatest == null ? entry.value : Math.max(greatest, entry.value));
            }
        }
        return greatest;
    }

    /** The lanes that have events from this time on. */
    List<Integer> lanesSince(Instant time) {
        List<Integer> lanes = new ArrayList<>();
        try (KeyValueIterator<String, Long> times = streamTimes.all()) {
            times.forEachRemaining(entry -> {
                int lane = Integer.parseInt(entry.key);
                if (hasEvents(lane, Math.max(time.toEpochMilli(), start(entry.value)))) {
                    lanes.add(lane);
                }
            });
        }
        return lanes;
    }

    /** Stream time does not tell: while it stands still, events come that are ahead of it. */
    private boolean hasEvents(int lane, long from) {
        try (KeyValueIterator<byte[], byte[]> events = byTime.range(timeKey(lane, from, NOTHING), lastTimeKey(lane))) {
            return events.hasNext();
        }
    }

    void add(int lane, Instant occurredAt, byte[] key) {
        byTime.put(timeKey(lane, occurredAt, key), key);
    }

    /**
     * Advances the stream time of a lane, and forgets what it has passed by the look-back.
     *
     * @param hold whether something is still to be judged again: it must not be forgotten before, so time stands still, until
     *     {@link #release}
     * @return the stream time of the lane
     */
    Instant advance(int lane, Instant streamTime, boolean hold) {
        Long before = streamTimes.get(Integer.toString(lane));
        long now = streamTime.toEpochMilli();
        if (before != null && (hold || now <= before)) {
            if (now > before) {
                held.merge(lane, streamTime, (a, b) -> a.isAfter(b) ? a : b);
            }
            return Instant.ofEpochMilli(before);
        }
        goOnTo(lane, now);
        sweep(lane, start(now), MAX_SWEPT);
        return streamTime;
    }

    /**
     * Nothing is to be judged again any more: stream time goes on from where it was held. All lanes together are swept no more
     * in one call than a single one elsewhere; those that are left go on with the next call.
     */
    void release() {
        int left = MAX_SWEPT;
        for (var lanes = held.entrySet().iterator(); lanes.hasNext() && left > 0; ) {
            Map.Entry<Integer, Instant> lane = lanes.next();
            left -= sweep(
                    lane.getKey(), start(goOnTo(lane.getKey(), lane.getValue().toEpochMilli())), left);
            if (left > 0) {
                lanes.remove();
            }
        }
    }

    /** Whether no lane is left to {@link #release}. */
    boolean isReleased() {
        return held.isEmpty();
    }

    /** Returns the stream time that the lane has then: an event may have come first that was later still. */
    private long goOnTo(int lane, long now) {
        String id = Integer.toString(lane);
        Long before = streamTimes.get(id);
        if (before != null && before >= now) {
            return before;
        }
        streamTimes.put(id, now);
        greatest = greatest == null ? null : Math.max(greatest, now);
        return now;
    }

    /**
     * Forgets what lies before the horizon; a great deal of it little by little, so that no transaction takes too long. What
     * is left until the next sweep is not found any more all the same.
     *
     * @param most at least 1
     * @return how many events it forgot
     */
    private int sweep(int lane, long horizon, int most) {
        // Not from the beginning: a store on disk steps over every entry that was ever deleted there, again each time.
        Long from = forgottenBefore.get(lane);
        if (from != null && horizon < saturatedSum(from, sweepMs)) {
            return 0;
        }
        List<KeyValue<byte[], byte[]>> passed = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = byTime.range(
                timeKey(lane, from == null ? Long.MIN_VALUE : from, NOTHING), timeKey(lane, horizon, NOTHING))) {
            while (range.hasNext() && passed.size() < most) {
                passed.add(range.next());
            }
        }
        for (KeyValue<byte[], byte[]> entry : passed) {
            byTime.delete(entry.key);
            forget.forget(entry.value, entry.key);
        }
        boolean done = passed.size() < most;
        forgottenBefore.put(lane, done ? horizon : timeOf(passed.get(most - 1).key));
        return passed.size();
    }

    private static long saturatedSum(long a, long notNegative) {
        return a > Long.MAX_VALUE - notNegative ? Long.MAX_VALUE : a + notNegative;
    }

    /** Inclusive. No producer's clock is too wrong for it: the earliest times there are have nothing before them. */
    private long start(long streamTime) {
        return Math.max(streamTime, Long.MIN_VALUE + lookbackMs) - lookbackMs;
    }

    private static long timeOf(byte[] timeKey) {
        return ByteBuffer.wrap(timeKey).getLong(Integer.BYTES) ^ Long.MIN_VALUE;
    }

    /** Before all time keys of events of this lane from this time on. */
    static byte[] firstTimeKey(int lane, Instant from) {
        return timeKey(lane, from, NOTHING);
    }

    /** After all time keys of events of this lane. */
    static byte[] lastTimeKey(int lane) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(lane + 1).array();
    }

    /** Lane, then event time, ordered as unsigned bytes, then the event's key. */
    static byte[] timeKey(int lane, Instant time, byte[] key) {
        return timeKey(lane, time.toEpochMilli(), key);
    }

    private static byte[] timeKey(int lane, long timeMs, byte[] key) {
        return ByteBuffer.allocate(TIME_PREFIX + key.length)
                .putInt(lane)
                .putLong(timeMs ^ Long.MIN_VALUE)
                .put(key)
                .array();
    }
}
