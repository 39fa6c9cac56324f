package eu.cloverwatch.runtime;

import eu.cloverwatch.runtime.PublishedLedger.Entry;
import eu.cloverwatch.v1.LedgerEpoch;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The epochs of one partition, computed again from its records. */
final class LedgerPartition {

    private final List<ConsumerRecord<byte[], byte[]>> source;
    private final long epochRecords;
    private final List<String> problems;
    private long next;
    private ByteBuffer previousRoot = ByteBuffer.allocate(0);

    /** @param problems receives what is wrong */
    LedgerPartition(List<ConsumerRecord<byte[], byte[]>> source, long epochRecords, List<String> problems) {
        this.source = source;
        this.epochRecords = epochRecords;
        this.problems = problems;
    }

    /** @param entries in the order in which they were published */
    void verify(List<Entry> entries) {
        for (Entry entry : entries) {
            LedgerEpoch epoch = entry.epoch();
            String name = epoch.getTopic() + "-" + epoch.getPartition() + " " + epoch.getFirstOffset() + ".."
                    + epoch.getLastOffset() + (entry.partial() ? " (partial)" : "");
            check(
                    (epoch.getTopic() + "-" + epoch.getPartition()).equals(entry.key()),
                    name + ": the key is " + entry.key());
            bounds(name, entry);
            content(name, epoch);
            if (!entry.partial()) {
                next = epoch.getLastOffset() + 1;
                previousRoot = epoch.getRoot();
            }
        }
    }

    /** Contiguous but for epochs without any record; a partial one is the beginning of the next. */
    private void bounds(String name, Entry entry) {
        LedgerEpoch epoch = entry.epoch();
        check(
                epoch.getFirstOffset() >= next
                        && between(next, epoch.getFirstOffset() - 1).isEmpty(),
                name + ": expected the epoch from " + next);
        check(epoch.getFirstOffset() % epochRecords == 0, name + ": starts at no multiple of " + epochRecords);
        long end = epoch.getFirstOffset() + epochRecords - 1;
        if (!entry.partial()) {
            check(epoch.getLastOffset() == end, name + ": expected to end at " + end);
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> records = between(epoch.getFirstOffset(), epoch.getLastOffset());
        check(epoch.getLastOffset() <= end, name + ": expected to end at most at " + end);
        check(
                !records.isEmpty() && records.get(records.size() - 1).offset() == epoch.getLastOffset(),
                name + ": expected to end at its last record");
    }

    private void content(String name, LedgerEpoch epoch) {
        List<ConsumerRecord<byte[], byte[]>> records = between(epoch.getFirstOffset(), epoch.getLastOffset());
        long sum =
                epoch.getOutcomes().values().stream().mapToLong(Long::longValue).sum();
        check(
                epoch.getRecords() == records.size(),
                name + ": has " + records.size() + " records, not " + epoch.getRecords());
        check(sum == epoch.getRecords(), name + ": " + epoch.getRecords() + " records, but " + epoch.getOutcomes());
        check(
                epoch.getOutcomes().keySet().stream().allMatch(PublishedLedger::isOutcome),
                name + ": what outcomes are " + epoch.getOutcomes());
        byte[] root = MerkleRoot.of(records.stream().map(PublishedLedger::leaf).toList());
        check(epoch.getRoot().equals(ByteBuffer.wrap(root)), name + ": the root is not that of the records");
        check(epoch.getPreviousRoot().equals(previousRoot), name + ": does not follow the full epoch before");
    }

    /** Both inclusive. */
    private List<ConsumerRecord<byte[], byte[]>> between(long first, long last) {
        return source.stream()
                .filter(record -> record.offset() >= first && record.offset() <= last)
                .toList();
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }
}
