package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a replay came to. The same for the same records, whatever the number of workers; no clock is in it.
 *
 * @param request what was asked
 * @param outcomes number of events of the range by outcome, all eight
 * @param events what was read of the events of the range, by partition
 * @param facts what was read of the topics of facts, by topic and partition
 * @param policies by which the events of the range were judged, in the order in which they came into force
 * @param rejected the records of the range that are no valid events, by partition and offset; of very many not all
 * @param rejectedReasons number of all of them by reason
 * @param rejectedFacts the facts that are not valid, and played no part; of very many not all
 * @param rejectedFactReasons number of all of them by reason
 * @param losses parts of the range that are no longer kept; empty: the topic holds the whole range
 * @param uncommitted parts of the topics that could not be read; empty: there are none
 * @param violations by event id
 * @param changes what another view would have judged differently, by event id; empty if no other view was asked for
 */
public record Replayed(
        ReplayRequest request,
        Map<Outcome, Long> outcomes,
        List<Input> events,
        List<Input> facts,
        List<PolicyInForce> policies,
        List<Rejected> rejected,
        Map<String, Long> rejectedReasons,
        List<Rejected> rejectedFacts,
        Map<String, Long> rejectedFactReasons,
        List<Loss> losses,
        List<Uncommitted> uncommitted,
        Spilled<Violation> violations,
        Spilled<Change> changes)
        implements AutoCloseable {

    /**
     * Records that were taken into account.
     *
     * @param firstOffset -1 if there were none
     * @param lastOffset inclusive; -1 if there were none
     * @param root RFC 6962 Merkle root over them, as docs/ledger.md has it; lower-case hexadecimal
     */
    public record Input(String topic, int partition, long firstOffset, long lastOffset, long records, String root) {}

    /**
     * @param from since when it is in force, inclusive
     * @param events of the range that were judged by it
     */
    public record PolicyInForce(String policyId, String sha256, Instant from, long events) {}

    /** @param reason for a person; without personal data */
    public record Rejected(Origin origin, String reason) {}

    /**
     * Records of this partition before {@code keptFrom} are gone, some of which may have been in the range.
     *
     * @param keptFrom Kafka timestamp of the first record that is left; null if none is
     */
    public record Loss(
            String topic,
            int partition,
            long firstOffsetLeft,
            @Nullable Instant keptFrom) {}

    /**
     * Offsets behind a transaction that was open: what is there may be of the range, or a fact, and was not read.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Uncommitted(String topic, int partition, long from, long to) {

        /** Those of ranges of several topics. */
        public static List<Uncommitted> of(Stream<List<TopicReader.Range>> topics) {
            return topics.flatMap(List::stream)
                    .filter(range -> !range.isWhole())
                    .map(range -> new Uncommitted(
                            range.partition().topic(), range.partition().partition(), range.to(), range.written()))
                    .toList();
        }

        /** For example {@code consents-2: offsets 17..18 are behind an open transaction and were not read}. */
        @Override
        public String toString() {
            return topic + "-" + partition + ": offsets " + from + ".." + (to - 1)
                    + " are behind an open transaction and were not read";
        }
    }

    /** Number of records of the range that are no valid events. */
    public long rejectedCount() {
        return sum(rejectedReasons);
    }

    /** Number of facts that are not valid. */
    public long rejectedFactsCount() {
        return sum(rejectedFactReasons);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public void close() {
        violations.close();
        changes.close();
    }
}
