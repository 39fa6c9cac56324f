package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.v1.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of the look-back that were judged, by subject and event id; a bulk access, which has no subject, by event
 * id alone.
 */
final class RecentCandidates implements Revisits.Index {

    private static final byte OF_SUBJECT = 's';
    private static final byte BULK = 'b';

    /** No UTF-8 text has it, so it follows all event ids. */
    private static final byte AFTER_TEXT = (byte) 0xFF;

    private final KeyValueStore<byte[], RecentCandidate> candidates;
    private final KeyValueStore<byte[], byte[]> byTime;
    private final Lookback lookback;
    private final Consumer<Violation> settled;

    /** @param settled is told of violations that no fact can change any more, the last revision */
    RecentCandidates(ProcessingContext context, TopologySettings settings, Consumer<Violation> settled) {
        this(
                context.getStateStore(StateStores.RECENT_CANDIDATES),
                context.getStateStore(StateStores.RECENT_BY_TIME),
                context.getStateStore(StateStores.STREAM_TIMES),
                settings,
                settled);
    }

    RecentCandidates(
            KeyValueStore<byte[], RecentCandidate> candidates,
            KeyValueStore<byte[], byte[]> byTime,
            KeyValueStore<String, Long> streamTimes,
            TopologySettings settings,
            Consumer<Violation> settled) {
        this.settled = settled;
        this.candidates = candidates;
        this.byTime = byTime;
        this.lookback = new Lookback(byTime, streamTimes, settings.lookback(), this::forget);
    }

    Lookback lookback() {
        return lookback;
    }

    /** The candidate of this subject with this event id, if one was judged within the look-back. */
    Optional<RecentCandidate> find(AccessEvent event) {
        return find(key(event));
    }

    Optional<RecentCandidate> find(byte[] key) {
        return Optional.ofNullable(candidates.get(key)).filter(this::isCovered);
    }

    private boolean isCovered(RecentCandidate candidate) {
        return lookback.covers(candidate.getLane(), candidate.getEvent().getOccurredAt());
    }

    /** Remembers a candidate, unless it is older than the look-back already. */
    void remember(AccessEvent event, RecentCandidate candidate) {
        if (isCovered(candidate)) {
            byte[] key = key(event);
            candidates.put(key, candidate);
            lookback.add(candidate.getLane(), event.occurredAt(), key);
        } else {
            settle(candidate);
        }
    }

    private void settle(RecentCandidate candidate) {
        if (candidate.getPublished() != null) {
            settled.accept(candidate.getPublished());
        }
    }

    /** Remembers what has changed of one that was found under this key. */
    void update(byte[] key, RecentCandidate candidate) {
        candidates.put(key, candidate);
    }

    /** Nothing of the event can change any more; what the index has of it is swept out in its time. */
    void forget(AccessEvent event) {
        byte[] key = key(event);
        if (candidates.get(key) != null) {
            candidates.delete(key);
        }
    }

    private void forget(byte[] key, byte[] timeKey) {
        RecentCandidate candidate = candidates.get(key);
        if (candidate != null && Arrays.equals(timeKey, timeKey(candidate, key))) {
            candidates.delete(key);
            settle(candidate);
        }
    }

    private static byte[] timeKey(RecentCandidate candidate, byte[] key) {
        return Lookback.timeKey(candidate.getLane(), candidate.getEvent().getOccurredAt(), key);
    }

    @Override
    public KeyValueIterator<byte[], ?> range(RevisitIndex kind, byte[] from, byte[] to) {
        return kind == RevisitIndex.BY_KEY ? candidates.range(from, to) : byTime.range(from, to);
    }

    @Override
    public byte[] eventKey(RevisitIndex kind, KeyValue<byte[], ?> entry) {
        return kind == RevisitIndex.BY_KEY ? entry.key : (byte[]) entry.value;
    }

    @Override
    public byte @Nullable [] entryKey(RevisitIndex kind, byte[] eventKey) {
        RecentCandidate candidate = candidates.get(eventKey);
        if (candidate == null) {
            return null;
        }
        return kind == RevisitIndex.BY_KEY ? eventKey : timeKey(candidate, eventKey);
    }

    /** Before all keys of this subject. */
    static byte[] firstKey(String subjectId) {
        return key(subjectId, new byte[0]);
    }

    /** After all keys of this subject. */
    static byte[] lastKey(String subjectId) {
        return key(subjectId, new byte[] {AFTER_TEXT});
    }

    static byte[] key(AccessEvent event) {
        SubjectId id = event.subject().id();
        return key(id == null ? null : id.value(), event.eventId().getBytes(StandardCharsets.UTF_8));
    }

    /** The subject's length comes first, so that no two pairs of subject and event id have one key. */
    private static byte[] key(@Nullable String subjectId, byte[] eventId) {
        byte[] subject = (subjectId == null ? "" : subjectId).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + Integer.BYTES + subject.length + eventId.length)
                .put(subjectId == null ? BULK : OF_SUBJECT)
                .putInt(subject.length)
                .put(subject)
                .put(eventId)
                .array();
    }
}
