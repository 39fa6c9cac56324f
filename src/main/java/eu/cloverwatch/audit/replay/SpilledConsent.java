package eu.cloverwatch.audit.replay;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A consent, or the tombstone of one, as it is in its topic.
 *
 * @param value in the wire format; null: a tombstone
 */
record SpilledConsent(Instant timestamp, byte[] key, byte @Nullable [] value) {

    byte[] toBytes() {
        ByteBuffer out =
                ByteBuffer.allocate(Long.BYTES + Integer.BYTES + key.length + 1 + (value == null ? 0 : value.length));
        out.putLong(timestamp.toEpochMilli()).putInt(key.length).put(key).put((byte) (value == null ? 0 : 1));
        if (value != null) {
            out.put(value);
        }
        return out.array();
    }

    static SpilledConsent of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Instant timestamp = Instant.ofEpochMilli(in.getLong());
        byte[] key = new byte[in.getInt()];
        in.get(key);
        byte[] value = in.get() == 0 ? null : new byte[in.remaining()];
        if (value != null) {
            in.get(value);
        }
        return new SpilledConsent(timestamp, key, value);
    }
}
