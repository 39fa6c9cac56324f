package eu.cloverwatch.audit.verify;

import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger of one source partition, compared with its records and with the violations that were published of them. */
final class Book {

    private final EpochSink records;
    private final Ledger ledger;
    private final long logEnd;
    private final @Nullable FirstVerdicts firstVerdicts;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Epoch> altered = new ArrayList<>();
    private long checked;

    /**
     * @param logEnd of the source partition
     * @param firstVerdicts null if they are not known of all events
     */
    Book(EpochSink records, Ledger ledger, long logEnd, @Nullable FirstVerdicts firstVerdicts) {
        this.records = records;
        this.ledger = ledger;
        this.logEnd = logEnd;
        this.firstVerdicts = firstVerdicts;
    }

    Book verify() {
        Epoch before = null;
        for (Epoch epoch : records.epochs().values()) {
            if (epoch.last() >= logEnd) {
                differ(
                        epoch,
                        "records up to " + epoch.last(),
                        "a log that ends before " + logEnd,
                        "records were removed from the end of the log, or the epoch is forged");
            } else if (epoch.last() >= records.range().from()
                    && epoch.first() < records.range().to()) {
                content(epoch);
                follows(before, epoch);
                checked++;
            }
            if (before != null && before.partial()) {
                differ(before, "a full epoch, as there are later ones", "a partial one", "the full one was removed");
            }
            before = epoch;
        }
        records.uncovered().forEach(this::uncovered);
        return this;
    }

    private void content(Epoch epoch) {
        if (epoch.first() < records.range().beginning()) {
            notes.add(epoch.name() + ": not checked, as its first records are no longer kept");
            return;
        }
        MerkleTree tree = records.tree(epoch);
        if (tree.leaves() != epoch.record().getRecords()) {
            altered.add(epoch);
            differ(
                    epoch,
                    epoch.record().getRecords() + " records",
                    tree.leaves() + " in the topic",
                    "records were removed from the log, or added to it, after the epoch was closed");
        } else if (!ByteBuffer.wrap(tree.root()).equals(epoch.record().getRoot())) {
            altered.add(epoch);
            differ(
                    epoch,
                    "root " + Hex.of(epoch.record().getRoot()),
                    HexFormat.of().formatHex(tree.root()),
                    "a record among these offsets was changed after the epoch was closed, or the epoch itself was");
        }
        outcomes(epoch);
    }

    private void outcomes(Epoch epoch) {
        Map<String, Long> outcomes = epoch.record().getOutcomes();
        long sum = outcomes.values().stream().mapToLong(Long::longValue).sum();
        if (sum != epoch.record().getRecords()) {
            differ(epoch, epoch.record().getRecords() + " outcomes", Long.toString(sum), "the epoch was changed");
        }
        if (firstVerdicts != null) {
            first(epoch, Outcome.VIOLATION, firstVerdicts, Verdict.VIOLATION);
            first(epoch, Outcome.UNDECIDABLE, firstVerdicts, Verdict.UNDECIDABLE);
        }
    }

    /** An epoch counts first outcomes; each of these was published as a first revision without a cause. */
    private void first(Epoch epoch, Outcome outcome, FirstVerdicts said, Verdict verdict) {
        long published = said.count(epoch.partition(), verdict, epoch.first(), epoch.last());
        long counted = epoch.record().getOutcomes().getOrDefault(outcome.name(), 0L);
        if (published != counted) {
            differ(
                    epoch,
                    counted + " records that first ended " + outcome,
                    published + " in the violations topic",
                    "the epoch was changed, or violations were removed or inserted");
        }
    }

    /** Full epochs are linked by their roots, over offsets without records, too; where one is missing, that is said instead. */
    private void follows(@Nullable Epoch before, Epoch epoch) {
        if (before != null
                && !before.partial()
                && !records.uncovered().containsKey(before.last() + 1)
                && !epoch.record().getPreviousRoot().equals(before.record().getRoot())) {
            differ(
                    epoch,
                    "previous root " + Hex.of(before.record().getRoot()),
                    Hex.of(epoch.record().getPreviousRoot()),
                    "an epoch between them was removed, or one of them replaced");
        }
    }

    private void uncovered(long from, long count) {
        Map.Entry<Long, Epoch> next = records.epochs().ceilingEntry(from);
        long to = next == null ? records.range().to() : next.getKey();
        String place = records.range().partition() + "@" + from;
        boolean isFirst = records.epochs().lowerEntry(from) == null;
        if (isFirst && ledger.isShortened(records.range().partition().partition())) {
            notes.add(place + ": " + count + " records are in no epoch that is still kept");
        } else if (next != null || (ledger.epochRecords() > 0 && to - from >= ledger.epochRecords())) {
            differences.add(new Difference(
                    Difference.Kind.LEDGER,
                    place,
                    records.range().partition() + " " + from + ".." + (to - 1),
                    "an epoch for " + count + " records",
                    "none",
                    next == null
                            ? "the monitor has not come so far, or the last epochs were removed from the ledger"
                            : "an epoch was removed from the ledger"));
        } else {
            notes.add(place + ": " + count + " records are in no epoch yet; theirs is still open");
        }
    }

    private void differ(Epoch epoch, String expected, String found, String cause) {
        differences.add(new Difference(Difference.Kind.LEDGER, epoch.place(), epoch.name(), expected, found, cause));
    }

    List<Difference> differences() {
        return differences;
    }

    List<String> notes() {
        return notes;
    }

    long checked() {
        return checked;
    }

    /** What is known of an offset's epoch that may explain a difference; null if nothing is. */
    @Nullable String suspicion(long offset) {
        for (Epoch epoch : altered) {
            if (epoch.first() <= offset && offset <= epoch.last()) {
                return "its epoch " + epoch.name() + " does not fit the log: the event was altered after it was judged";
            }
        }
        Map.Entry<Long, Epoch> covering = records.epochs().floorEntry(offset);
        return covering == null || covering.getValue().last() < offset
                ? "no epoch covers the event: the monitor may not have come so far"
                : null;
    }
}
