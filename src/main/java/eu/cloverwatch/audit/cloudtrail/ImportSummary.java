package eu.cloverwatch.audit.cloudtrail;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.function.ToLongFunction;

/**
 * What became of the records.
 *
 * @param files in the order given
 * @param regions all regions of written events
 */
public record ImportSummary(List<FileCounts> files, SortedSet<String> regions) {

    public ImportSummary {
        files = List.copyOf(files);
    }

    public Counts total() {
        return new Counts(sum(Counts::written), sum(Counts::noRow), sum(Counts::failedCalls), sum(Counts::unreadable));
    }

    private long sum(ToLongFunction<Counts> count) {
        return files.stream().map(FileCounts::counts).mapToLong(count).sum();
    }

    public record FileCounts(Path file, Counts counts) {}

    /**
     * Each record is in exactly one.
     *
     * @param noRow skipped, since no row of the catalog matches
     * @param failedCalls skipped: a row matches, but the call was refused or failed, so no data moved
     * @param unreadable no record, or without a field that an event needs
     */
    public record Counts(long written, long noRow, long failedCalls, long unreadable) {

        /** All records. */
        public long read() {
            return written + noRow + failedCalls + unreadable;
        }

        @Override
        public String toString() {
            return read() + " records read = " + written + " written + " + noRow + " skipped (no catalog row) + "
                    + failedCalls + " skipped (call failed) + " + unreadable + " unreadable";
        }
    }
}
