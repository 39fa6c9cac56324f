package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Origin;
import eu.cloverwatch.internal.v1.RecentAccess;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Timeline.Span;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The accesses of the look-back by the persons of one partition, by person, event time and origin. */
final class RecentAccesses implements Revisits.Index {

    private static final byte[] ANYWHERE = new byte[0];

    /** A partition is not negative, so no place begins like this. */
    private static final byte[] AFTER_ALL_PLACES = {-1};

    private final KeyValueStore<byte[], RecentAccess> accesses;
    private final Lookback lookback;

    RecentAccesses(ProcessingContext context, TopologySettings settings) {
        this.accesses = context.getStateStore(StateStores.RECENT_ACCESSES);
        this.lookback = new Lookback(
                context.getStateStore(StateStores.ACCESSES_BY_TIME),
                context.getStateStore(StateStores.ACTOR_STREAM_TIMES),
                settings.lookback(),
                (key, timeKey) -> accesses.delete(key));
    }

    Lookback lookback() {
        return lookback;
    }

    /** Remembers an access, unless it is older than the look-back already. */
    void remember(AccessEvent event, RecentAccess access) {
        Origin origin = access.getCandidate().getOrigin();
        if (lookback.covers(origin.getPartition(), event.occurredAt())) {
            byte[] key = key(event.actor().id(), event.occurredAt(), place(origin));
            accesses.put(key, access);
            lookback.add(origin.getPartition(), event.occurredAt(), key);
        }
    }

    Optional<RecentAccess> find(byte[] key) {
        return Optional.ofNullable(accesses.get(key));
    }

    /** Of the accesses by the same person at the same time. */
    List<byte[]> keys(AccessEvent event) {
        List<byte[]> keys = new ArrayList<>();
        byte[] from = key(event.actor().id(), event.occurredAt(), ANYWHERE);
        byte[] to = key(event.actor().id(), event.occurredAt(), AFTER_ALL_PLACES);
        try (KeyValueIterator<byte[], RecentAccess> range = accesses.range(from, to)) {
            range.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }

    /** Remembers what has changed of one that was found under this key. */
    void update(byte[] key, RecentAccess access) {
        accesses.put(key, access);
    }

    @Override
    public KeyValueIterator<byte[], ?> range(RevisitIndex kind, byte[] from, byte[] to) {
        return accesses.range(from, to);
    }

    @Override
    public byte[] eventKey(RevisitIndex kind, KeyValue<byte[], ?> entry) {
        return entry.key;
    }

    @Override
    public byte[] entryKey(RevisitIndex kind, byte[] eventKey) {
        return eventKey;
    }

    /** Before all keys of this person within this time. */
    static byte[] firstKey(String actorId, Span span) {
        return key(actorId, span.from(), ANYWHERE);
    }

    /** After all keys of this person within this time. */
    static byte[] lastKey(String actorId, Span span) {
        byte[] later = key(actorId, Instant.ofEpochMilli(Long.MAX_VALUE), AFTER_ALL_PLACES);
        return span.until() == null ? later : key(actorId, span.until(), ANYWHERE);
    }

    private static byte[] place(Origin origin) {
        return ByteBuffer.allocate(Integer.BYTES + Long.BYTES)
                .putInt(origin.getPartition())
                .putLong(origin.getOffset())
                .array();
    }

    private static byte[] key(String actorId, Instant time, byte[] place) {
        byte[] actor = actorId.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + actor.length + Long.BYTES + place.length)
                .putInt(actor.length)
                .put(actor)
                .putLong(time.toEpochMilli() ^ Long.MIN_VALUE)
                .put(place)
                .array();
    }
}
