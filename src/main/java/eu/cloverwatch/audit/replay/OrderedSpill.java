package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.wire.FinalVerdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Results on disk, given out by event id, then partition and offset, whoever added them in whatever order. */
final class OrderedSpill<T> implements Spilled<T> {

    private static final Comparator<Entry> ORDER = Comparator.comparing(Entry::eventId, FinalVerdict.ID_ORDER)
            .thenComparingInt(Entry::partition)
            .thenComparingLong(Entry::offset);

    private final SpillFile file;
    private final Function<T, byte[]> write;
    private final Function<byte[], T> read;
    private final List<Entry> entries = new ArrayList<>();
    private boolean sorted;

    private record Entry(String eventId, int partition, long offset, long position, int length) {}

    OrderedSpill(Path directory, Function<T, byte[]> write, Function<byte[], T> read) {
        this.file = new SpillFile(directory);
        this.write = write;
        this.read = read;
    }

    void add(String eventId, Origin origin, T result) {
        byte[] bytes = write.apply(result);
        synchronized (this) {
            long position = file.append(ByteBuffer.wrap(bytes));
            entries.add(new Entry(eventId, origin.partition(), origin.offset(), position, bytes.length));
            sorted = false;
        }
    }

    @Override
    public synchronized long size() {
        return entries.size();
    }

    @Override
    public void forEach(Consumer<T> sink) {
        for (Entry entry : inOrder()) {
            sink.accept(read.apply(file.read(entry.position(), entry.length())));
        }
    }

    private synchronized List<Entry> inOrder() {
        if (!sorted) {
            entries.sort(ORDER);
            sorted = true;
        }
        return entries;
    }

    @Override
    public void close() {
        file.close();
    }
}
