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

    /** How many they are. */
    public static int length(byte @Nullable [] key, byte @Nullable [] value) {
        return 2 * (Integer.BYTES + Long.BYTES) + bytes(key).length + bytes(value).length;
    }

    /**
     * Puts them into a buffer that has room for them.
     *
     * @param key as it is in the topic; null and empty are different
     * @param value as it is in the topic; null and empty are different
     * @param timestampMs of the Kafka record; a negative one counts as 0
     */
    public static void put(
            ByteBuffer out, byte @Nullable [] key, byte @Nullable [] value, long timestampMs, long offset) {
        out.putInt(key == null ? -1 : key.length)
                .put(bytes(key))
                .putInt(value == null ? -1 : value.length)
                .put(bytes(value))
                .putLong(RecordTime.ms(timestampMs))
                .putLong(offset);
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
