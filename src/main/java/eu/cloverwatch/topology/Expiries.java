package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When something of a key's timeline is to be dropped, by the wall clock; and back to when keys were dropped whole. That is one
 * time for all of them: to remember each would be to keep it for ever.
 */
final class Expiries {

    /** After the times of all that is ever due. */
    private static final byte[] DROPPED = {-1, -1, -1, -1, -1, -1, -1, -1};

    private final KeyValueStore<byte[], byte[]> store;
    private final Timers timers;
    private @Nullable Instant droppedBefore;

    /** What is to be dropped. */
    enum Kind {
        /** Versions before a certain one. */
        EARLIER_VERSIONS,
        /** All of it, if a certain version is still the last. */
        KEY
    }

    /** Drops something. */
    interface Expiry {
        void expire(String key, Instant effectiveFrom, Kind kind);
    }

    Expiries(KeyValueStore<byte[], byte[]> store) {
        this.store = store;
        this.timers = new Timers(store);
        byte[] dropped = store.get(DROPPED);
        this.droppedBefore = dropped == null
                ? null
                : Instant.ofEpochMilli(ByteBuffer.wrap(dropped).getLong());
    }

    /** Before this time a key of which nothing is known may be one that was dropped; null: none ever was. */
    @Nullable Instant droppedBefore() {
        return droppedBefore;
    }

    /** @param effectiveFrom from when on the key that is dropped has no value */
    void dropped(Instant effectiveFrom) {
        if (droppedBefore == null || effectiveFrom.isAfter(droppedBefore)) {
            droppedBefore = effectiveFrom;
            store.put(
                    DROPPED,
                    ByteBuffer.allocate(Long.BYTES)
                            .putLong(effectiveFrom.toEpochMilli())
                            .array());
        }
    }

    /** @param effectiveFrom of the version that it is about, which has no value */
    void add(Instant due, String key, Instant effectiveFrom, Kind kind) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        timers.add(
                due,
                ByteBuffer.allocate(1 + Long.BYTES + text.length)
                        .put((byte) kind.ordinal())
                        .putLong(effectiveFrom.toEpochMilli())
                        .put(text)
                        .array());
    }

    /** Hands on what is due, a good deal at a time. */
    void due(Instant now, Expiry expiry) {
        timers.due(now, () -> true, what -> {
            Kind kind = Kind.values()[what.get()];
            Instant effectiveFrom = Instant.ofEpochMilli(what.getLong());
            expiry.expire(StandardCharsets.UTF_8.decode(what).toString(), effectiveFrom, kind);
        });
    }
}
