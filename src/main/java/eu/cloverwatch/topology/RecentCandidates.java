package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.SubjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The candidates of the look-back that were judged, by subject and event id; a bulk access, which has no subject, by event
 * id alone.
 *
 * <p>Each is forgotten when the stream time of the partition that it came from has passed it by the look-back: partitions
 * of the source are read at different speeds, and one that is ahead must not make another's candidates forgotten.
 */
final class RecentCandidates {

    private static final byte OF_SUBJECT = 's';
    private static final byte BULK = 'b';
    private static final int MAX_SWEPT = 10_000;
    private static final int SWEEPS_PER_LOOKBACK = 1_000;
    private static final int TIME_PREFIX = Integer.BYTES + Long.BYTES;

    private final KeyValueStore<byte[], RecentCandidate> candidates;
    private final KeyValueStore<byte[], byte[]> byTime;
    private final KeyValueStore<String, Long> streamTimes;
    private final long lookbackMs;

    /** How far the look-back moves before what it has passed is swept out: a search for every event would be dear. */
    private final long sweepMs;

    /** By source partition: nothing older is left. Not known after a restart, which may have changed the look-back. */
    private final Map<Integer, Long> forgottenBefore = new HashMap<>();

    /**
     * @param candidates by key
     * @param byTime keys of candidates, by source partition and event time
     * @param streamTimes the greatest event time seen, by source partition
     */
    RecentCandidates(
            KeyValueStore<byte[], RecentCandidate> candidates,
            KeyValueStore<byte[], byte[]> byTime,
            KeyValueStore<String, Long> streamTimes,
            Duration lookback) {
        this.candidates = candidates;
        this.byTime = byTime;
        this.streamTimes = streamTimes;
        this.lookbackMs = lookback.toMillis();
        this.sweepMs = lookbackMs / SWEEPS_PER_LOOKBACK;
    }

    /** The candidate of this subject with this event id, if one was judged within the look-back. */
    Optional<RecentCandidate> find(AccessEvent event) {
        return Optional.ofNullable(candidates.get(key(event))).filter(this::isWithinLookback);
    }

    /** What has passed may still wait to be swept out. */
    private boolean isWithinLookback(RecentCandidate candidate) {
        return isWithinLookback(
                candidate.getOrigin().getPartition(),
                candidate.getEvent().getOccurredAt().toEpochMilli());
    }

    private boolean isWithinLookback(int partition, long occurredAt) {
        Long streamTime = streamTimes.get(Integer.toString(partition));
        return streamTime == null || occurredAt >= lookbackStart(streamTime);
    }

    /** Remembers a candidate, unless it is older than the look-back already. */
    void remember(AccessEvent event, RecentCandidate candidate) {
        int partition = candidate.getOrigin().getPartition();
        long occurredAt = event.occurredAt().toEpochMilli();
        if (!isWithinLookback(partition, occurredAt)) {
            return;
        }
        byte[] key = key(event);
        candidates.put(key, candidate);
        byTime.put(timeKey(partition, occurredAt, key), key);
    }

    /** Advances the stream time of a source partition, and forgets what it has passed by the look-back. */
    void advance(int partition, Instant streamTime) {
        String id = Integer.toString(partition);
        Long before = streamTimes.get(id);
        long now = streamTime.toEpochMilli();
        if (before != null && now <= before) {
            return;
        }
        streamTimes.put(id, now);
        sweep(partition, lookbackStart(now));
    }

    /**
     * Forgets what lies before the horizon; a great deal of it little by little, so that no transaction takes too long. What
     * is left until the next sweep is not found any more all the same.
     */
    private void sweep(int partition, long horizon) {
        // Not from the beginning: a store on disk steps over every entry that was ever deleted there, again each time.
        Long from = forgottenBefore.get(partition);
        if (from != null && horizon < saturatedSum(from, sweepMs)) {
            return;
        }
        byte[] nothing = new byte[0];
        List<KeyValue<byte[], byte[]>> passed = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> range = byTime.range(
                timeKey(partition, from == null ? Long.MIN_VALUE : from, nothing),
                timeKey(partition, horizon, nothing))) {
            while (range.hasNext() && passed.size() < MAX_SWEPT) {
                passed.add(range.next());
            }
        }
        passed.forEach(this::forget);
        boolean done = passed.size() < MAX_SWEPT;
        forgottenBefore.put(partition, done ? horizon : timeOf(passed.get(MAX_SWEPT - 1).key));
    }

    /** The candidate may have been remembered anew since, from another partition: then only the old entry goes. */
    private void forget(KeyValue<byte[], byte[]> entry) {
        byTime.delete(entry.key);
        RecentCandidate candidate = candidates.get(entry.value);
        if (candidate != null && Arrays.equals(entry.key, timeKey(candidate, entry.value))) {
            candidates.delete(entry.value);
        }
    }

    private static long saturatedSum(long a, long notNegative) {
        return a > Long.MAX_VALUE - notNegative ? Long.MAX_VALUE : a + notNegative;
    }

    private static byte[] timeKey(RecentCandidate candidate, byte[] key) {
        return timeKey(
                candidate.getOrigin().getPartition(),
                candidate.getEvent().getOccurredAt().toEpochMilli(),
                key);
    }

    private static long timeOf(byte[] timeKey) {
        return ByteBuffer.wrap(timeKey).getLong(Integer.BYTES) ^ Long.MIN_VALUE;
    }

    /** Inclusive. No producer's clock is too wrong for it: the earliest times there are have nothing before them. */
    private long lookbackStart(long streamTime) {
        return Math.max(streamTime, Long.MIN_VALUE + lookbackMs) - lookbackMs;
    }

    /** Partition, then event time, ordered as unsigned bytes, then the candidate's key. */
    private static byte[] timeKey(int partition, long timeMs, byte[] key) {
        return ByteBuffer.allocate(TIME_PREFIX + key.length)
                .putInt(partition)
                .putLong(timeMs ^ Long.MIN_VALUE)
                .put(key)
                .array();
    }

    /** The subject's length comes first, so that no two pairs of subject and event id have one key. */
    private static byte[] key(AccessEvent event) {
        SubjectId id = event.subject().id();
        byte[] subject = (id == null ? "" : id.value()).getBytes(StandardCharsets.UTF_8);
        byte[] eventId = event.eventId().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + subject.length + eventId.length)
                .put(id == null ? BULK : OF_SUBJECT)
                .putInt(subject.length)
                .put(subject)
                .put(eventId)
                .array();
    }
}
