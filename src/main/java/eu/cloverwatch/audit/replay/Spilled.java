package eu.cloverwatch.audit.replay;

import java.util.function.Consumer;

/** Results of which there may be more than fit into memory; kept on disk until closed, and gone then. */
public interface Spilled<T> extends AutoCloseable {

    long size();

    /**
     * Hands on each, in the order that the giver promises. May be called several times.
     *
     * @throws java.io.UncheckedIOException if the disk fails
     */
    void forEach(Consumer<T> sink);

    @Override
    void close();
}
