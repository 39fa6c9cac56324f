package eu.cloverwatch.audit.replay;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Entries on disk, divided by the hash of whom they are about: what belongs together is in one bucket, and one bucket fits into
 * memory. Entries of one writer keep their order within a bucket.
 */
final class Buckets implements AutoCloseable {

    static final int COUNT = 64;
    private static final int BUFFER_BYTES = 32 << 10;
    private static final int READ_BYTES = 1 << 20;

    private final SpillFile[] files;

    Buckets(Path directory) {
        this.files = IntStream.range(0, COUNT)
                .mapToObj(i -> new SpillFile(directory))
                .toArray(SpillFile[]::new);
    }

    static int of(byte[] id) {
        return Utils.toPositive(Utils.murmur2(id)) % COUNT;
    }

    Writer writer() {
        return new Writer();
    }

    /** Appends through buffers of its own. Not safe for use by several threads. */
    final class Writer {

        private final @Nullable ByteBuffer[] buffers = new ByteBuffer[COUNT];

        void append(int bucket, byte[] entry) {
            ByteBuffer buffer = buffer(bucket);
            if (buffer.remaining() < Integer.BYTES + entry.length) {
                flush(bucket);
            }
            if (buffer.capacity() < Integer.BYTES + entry.length) {
                files[bucket].append(ByteBuffer.allocate(Integer.BYTES + entry.length)
                        .putInt(entry.length)
                        .put(entry)
                        .flip());
                return;
            }
            buffer.putInt(entry.length).put(entry);
        }

        private ByteBuffer buffer(int bucket) {
            ByteBuffer buffer = buffers[bucket];
            if (buffer == null) {
                buffer = ByteBuffer.allocate(BUFFER_BYTES);
                buffers[bucket] = buffer;
            }
            return buffer;
        }

        private void flush(int bucket) {
            ByteBuffer buffer = buffer(bucket).flip();
            files[bucket].append(buffer);
            buffer.clear();
        }

        /** What was appended can be read after this, and its buffers are free. */
        void finish() {
            for (int bucket = 0; bucket < COUNT; bucket++) {
                if (buffers[bucket] != null) {
                    flush(bucket);
                    buffers[bucket] = null;
                }
            }
        }
    }

    /** Hands on the entries of a bucket, those of each writer in their order. */
    void read(int bucket, Consumer<byte[]> sink) {
        SpillFile file = files[bucket];
        long size = file.size();
        long position = 0;
        while (position < size) {
            ByteBuffer chunk = ByteBuffer.wrap(file.read(position, (int) Math.min(READ_BYTES, size - position)));
            int consumed = entries(chunk, sink);
            if (consumed == 0) {
                // An entry that is larger than a chunk.
                int length = chunk.getInt(0);
                sink.accept(file.read(position + Integer.BYTES, length));
                consumed = Integer.BYTES + length;
            }
            position += consumed;
        }
    }

    /** @return the length of the whole entries of this chunk */
    private static int entries(ByteBuffer chunk, Consumer<byte[]> sink) {
        int consumed = 0;
        while (chunk.remaining() >= Integer.BYTES) {
            int length = chunk.getInt();
            if (chunk.remaining() < length) {
                break;
            }
            byte[] entry = new byte[length];
            chunk.get(entry);
            sink.accept(entry);
            consumed = chunk.position();
        }
        return consumed;
    }

    @Override
    public void close() {
        for (SpillFile file : files) {
            file.close();
        }
    }
}
