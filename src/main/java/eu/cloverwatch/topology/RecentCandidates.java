package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.SubjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The candidates of the look-back that were judged, by subject and event id; a bulk access, which has no subject, by event
 * id alone. What is older than the look-back, in event time, the store drops by itself.
 */
final class RecentCandidates {

    private static final byte OF_SUBJECT = 's';
    private static final byte BULK = 'b';

    private final WindowStore<byte[], RecentCandidate> store;

    RecentCandidates(WindowStore<byte[], RecentCandidate> store) {
        this.store = store;
    }

    /** The candidate of this subject with this event id, if one was judged within the look-back. */
    Optional<RecentCandidate> find(AccessEvent event) {
        try (WindowStoreIterator<RecentCandidate> found = store.fetch(key(event), 0, Long.MAX_VALUE)) {
            return found.hasNext() ? Optional.of(found.next().value) : Optional.empty();
        }
    }

    void remember(AccessEvent event, RecentCandidate candidate) {
        store.put(key(event), candidate, Math.max(0, event.occurredAt().toEpochMilli()));
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
