package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.streams.state.KeyValueStore;

/** When something of a key's timeline is to be dropped, by the wall clock. */
final class Expiries {

    private final Timers timers;

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
        this.timers = new Timers(store);
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
