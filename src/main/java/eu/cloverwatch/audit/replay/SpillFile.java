package eu.cloverwatch.audit.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A temporary file without a name: it is unlinked as soon as it is open, where the system allows that, and gone when it is closed
 * or the process ends in whatever way. Only its owner may read it. May be appended to and read by several threads.
 */
final class SpillFile implements AutoCloseable {

    private final FileChannel channel;
    private long size;

    /** @param directory on a disk with enough space */
    SpillFile(Path directory) {
        try {
            Path path = Files.createTempFile(directory, ".spill-", null);
            channel = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return where these bytes begin */
    synchronized long append(ByteBuffer bytes) {
        long position = size;
        try {
            while (bytes.hasRemaining()) {
                size += channel.write(bytes, size);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return position;
    }

    synchronized long size() {
        return size;
    }

    /** @throws UncheckedIOException also if there are fewer bytes */
    byte[] read(long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("a temporary file is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.array();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
