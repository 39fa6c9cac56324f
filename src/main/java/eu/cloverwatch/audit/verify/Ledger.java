package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader.Range;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The epochs that stand: full ones, and where there is none the last partial one. */
final class Ledger {

    private final Map<Integer, TreeMap<Long, Epoch>> standing = new HashMap<>();
    private final Set<Integer> shortened = new HashSet<>();
    private final List<Range> ranges;
    private final List<Difference> differences = new ArrayList<>();

    Ledger(Collection<LedgerSink> partitions) {
        this.ranges = partitions.stream().map(LedgerSink::range).toList();
        for (LedgerSink partition : partitions) {
            differences.addAll(partition.foreign());
            for (Epoch epoch : partition.epochs()) {
                if (partition.isShortened()) {
                    shortened.add(epoch.partition());
                }
                add(epoch);
            }
        }
    }

    private void add(Epoch epoch) {
        if (!epoch.isPossible()) {
            differ(epoch, "bounds of an epoch", epoch.first() + ".." + epoch.last());
            return;
        }
        TreeMap<Long, Epoch> epochs = epochs(epoch.partition());
        Epoch before = epochs.get(epoch.first());
        if (before == null || before.partial()) {
            epochs.put(epoch.first(), epoch);
        } else if (!epoch.partial() && !before.saysTheSame(epoch)) {
            // The first one stands: who adds a second one contradicts it.
            differ(epoch, "one epoch from " + epoch.first() + " on, that at " + before.place(), "another one");
        }
    }

    private void differ(Epoch epoch, String expected, String found) {
        differences.add(new Difference(
                Difference.Kind.LEDGER, epoch.place(), epoch.name(), expected, found, "written by somebody else"));
    }

    /** Of a source partition, by first offset. */
    TreeMap<Long, Epoch> epochs(int partition) {
        return standing.computeIfAbsent(partition, key -> new TreeMap<>());
    }

    /** Whether retention may have taken the first epochs of this source partition. */
    boolean isShortened(int partition) {
        return shortened.contains(partition);
    }

    /** Offsets of a full epoch; 0 if none was published yet. */
    long epochRecords() {
        return standing.values().stream()
                .flatMap(epochs -> epochs.values().stream())
                .filter(epoch -> !epoch.partial())
                .mapToLong(epoch -> epoch.last() - epoch.first() + 1)
                .max()
                .orElse(0);
    }

    /** What was read of it, by partition. */
    List<Range> ranges() {
        return ranges;
    }

    /** What is wrong with the ledger in itself. */
    List<Difference> differences() {
        return differences;
    }
}
