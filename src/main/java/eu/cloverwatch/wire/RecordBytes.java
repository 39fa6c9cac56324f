package eu.cloverwatch.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A record of a topic as bytes to be hashed: length of the key (4 bytes, -1 for null), key, length of the value (likewise),
 * value, timestamp in milliseconds (8), offset (8), big-endian (docs/ledger.md). Headers are not part of it.
 */
public final class RecordBytes {

    private static final byte[] NOTHING = new byte[0];

    private RecordBytes() {}

    /**
     * The bytes, from 0 to the limit of the array of what is returned. In one piece: to hash several small ones costs more than to
     * copy them.
     *
     * @param scratch to use again; a larger record is in a buffer of its own
     * @param key as it is in the topic; null and empty are different
     * @param value as it is in the topic; null and empty are different
     * @param timestampMs of the Kafka record; a negative one counts as 0
     */
    public static ByteBuffer of(
            ByteBuffer scratch, byte @Nullable [] key, byte @Nullable [] value, long timestampMs, long offset) {
        int length = 2 * (Integer.BYTES + Long.BYTES) + bytes(key).length + bytes(value).length;
        ByteBuffer out = length <= scratch.capacity() ? scratch.clear() : ByteBuffer.allocate(length);
        return out.putInt(key == null ? -1 : key.length)
                .put(bytes(key))
                .putInt(value == null ? -1 : value.length)
                .put(bytes(value))
                .putLong(RecordTime.ms(timestampMs))
                .putLong(offset)
                .flip();
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
