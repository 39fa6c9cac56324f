package eu.cloverwatch.audit;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.wire.AvroBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Which event ids were used, and by what. Ids are unique within a subject; those of bulk accesses among themselves. */
public final class EventIds {

    /** Why an event whose id was used is refused. */
    public static final String REUSED = "event_id: expected a new id, this one was used by an event with other content";

    private final Map<Id, Taken> taken = new HashMap<>();
    private final Map<Integer, Instant> streamTimes = new HashMap<>();
    private final @Nullable Duration lookback;

    private record Id(@Nullable SubjectId subject, String eventId) {}

    /** @param digest of the content, needed only where the id comes again */
    private record Taken(Supplier<byte[]> digest, Instant occurredAt, int partition) {}

    /** What a use of an id is. */
    public enum Use {
        FIRST,
        /** The same event again. */
        AGAIN,
        /** Another event with an id that was used before. */
        REUSED
    }

    private EventIds(@Nullable Duration lookback) {
        this.lookback = lookback;
    }

    /** Ids are remembered for good. */
    public static EventIds forGood() {
        return new EventIds(null);
    }

    /** Ids are remembered until the stream time of their event's partition has passed its event time by the look-back. */
    public static EventIds within(Duration lookback) {
        return new EventIds(lookback);
    }

    /**
     * Uses the id of this event, which is remembered if it is the first, or the one before is forgotten.
     *
     * @param digest of the event as it was parsed: two with equal ones are the same event. Kept, and asked for whenever the id
     *     comes again
     * @param streamTime the greatest event time that this partition had reached with it
     */
    public Use use(AccessEvent event, Supplier<byte[]> digest, int partition, Instant streamTime) {
        streamTimes.merge(partition, streamTime, (a, b) -> a.isAfter(b) ? a : b);
        Id id = new Id(event.subject().id(), event.eventId());
        Taken before = taken.get(id);
        if (before == null || isForgotten(before)) {
            taken.put(id, new Taken(digest, event.occurredAt(), partition));
            return Use.FIRST;
        }
        return Arrays.equals(before.digest().get(), digest.get()) ? Use.AGAIN : Use.REUSED;
    }

    /** What the content comes to; the content itself takes many times as much. */
    public static byte[] digest(SpecificRecord content) {
        return Sha256.of(AvroBytes.write(content));
    }

    private boolean isForgotten(Taken before) {
        Instant streamTime = streamTimes.get(before.partition());
        return lookback != null && streamTime != null && before.occurredAt().isBefore(streamTime.minus(lookback));
    }
}
