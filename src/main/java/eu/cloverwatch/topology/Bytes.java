package eu.cloverwatch.topology;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Byte arrays from buffers, without moving the buffer's position. */
final class Bytes {

    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    static byte @Nullable [] ofNullable(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : of(buffer);
    }

    static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }
}
