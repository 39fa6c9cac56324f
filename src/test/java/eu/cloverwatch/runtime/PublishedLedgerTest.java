package eu.cloverwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.PublishedLedger.Entry;
import eu.cloverwatch.v1.LedgerEpoch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What the other tests rely on finds what it is there to find. */
class PublishedLedgerTest {

    private static final String TOPIC = "access-events";
    private static final long EPOCH = 10;

    private final List<ConsumerRecord<byte[], byte[]>> source = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private ByteBuffer previousRoot = ByteBuffer.allocate(0);

    /** Two full epochs, and the beginning of a third; an offset is no record's. */
    private void balanced() {
        for (long offset = 0; offset < 25; offset++) {
            if (offset != 13) {
                record(offset);
            }
        }
        publish(0, 9, false);
        publish(10, 19, false);
        publish(20, 22, true);
        publish(20, 24, true);
    }

    private void record(long offset) {
        source.add(new ConsumerRecord<>(
                TOPIC,
                0,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                1,
                1,
                new byte[] {1},
                new byte[] {(byte) offset},
                new RecordHeaders(),
                java.util.Optional.empty()));
    }

    private LedgerEpoch publish(long first, long last, boolean partial) {
        List<byte[]> leaves = source.stream()
                .filter(record -> record.offset() >= first && record.offset() <= last)
                .map(PublishedLedger::leaf)
                .toList();
        LedgerEpoch epoch = LedgerEpoch.newBuilder()
                .setTopic(TOPIC)
                .setPartition(0)
                .setFirstOffset(first)
                .setLastOffset(last)
                .setRecords(leaves.size())
                .setOutcomes(Map.of("IN_REGION", leaves.size() - 1L, "VIOLATION", 1L))
                .setRoot(ByteBuffer.wrap(MerkleRoot.of(leaves)))
                .setPreviousRoot(previousRoot)
                .setClosedAt(Instant.EPOCH)
                .build();
        entries.add(new Entry(TOPIC + "-0", epoch, partial));
        previousRoot = partial ? previousRoot : epoch.getRoot();
        return epoch;
    }

    private PublishedLedger ledger() {
        return new PublishedLedger(entries, source, EPOCH);
    }

    @Test
    void theRootIsThatOfThePublishedTestVectors() {
        // From the reference implementation of RFC 6962.
        List<byte[]> leaves = Stream.of(
                        "",
                        "00",
                        "10",
                        "2021",
                        "3031",
                        "40414243",
                        "5051525354555657",
                        "606162636465666768696a6b6c6d6e6f")
                .map(HexFormat.of()::parseHex)
                .toList();
        assertThat(MerkleRoot.of(leaves))
                .asHexString()
                .isEqualToIgnoringCase("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        assertThat(MerkleRoot.of(leaves.subList(0, 3)))
                .asHexString()
                .isEqualToIgnoringCase("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    }

    @Test
    void aBalancedLedgerIsFine() {
        balanced();
        assertThat(ledger().problems()).isEmpty();
        assertThat(ledger().fullEpochs()).isEqualTo(2);
        assertThat(ledger().outcomes())
                .containsEntry(Outcome.IN_REGION, 21L)
                .containsEntry(Outcome.VIOLATION, 3L)
                .containsEntry(Outcome.REJECTED, 0L);
    }

    @Test
    void aPartialEpochThatBecameAFullOneCountsOnce() {
        balanced();
        for (long offset = 25; offset < 30; offset++) {
            record(offset);
        }
        publish(20, 29, false);
        assertThat(ledger().problems()).isEmpty();
        assertThat(ledger().outcomes()).containsEntry(Outcome.IN_REGION, 26L);
    }

    @Test
    void aRecordThatNoEpochCoversIsFound() {
        balanced();
        record(25);
        assertThat(ledger().coversAll()).isFalse();
        assertThat(ledger().problems()).containsExactly("not every record is covered");
    }

    @Test
    void aPartitionWithoutAnyEpochIsFound() {
        record(0);
        assertThat(ledger().problems()).containsExactly("not every record is covered");
    }

    @Test
    void aMissingEpochIsFound() {
        balanced();
        entries.remove(1);
        assertThat(ledger().problems())
                .anySatisfy(problem -> assertThat(problem).contains("expected the epoch from 10"))
                .anySatisfy(problem -> assertThat(problem).contains("does not follow"));
    }

    @Test
    void anEpochPublishedTwiceIsFound() {
        balanced();
        entries.add(1, entries.get(0));
        assertThat(ledger().problems())
                .anySatisfy(problem -> assertThat(problem).contains("expected the epoch from 10"));
    }

    @Test
    void anOutcomeTooManyIsFound() {
        balanced();
        entries.get(0).epoch().setOutcomes(Map.of("IN_REGION", 11L));
        assertThat(ledger().problems()).singleElement().asString().contains("10 records, but {IN_REGION=11}");
    }

    @Test
    void aWrongNumberOfRecordsIsFound() {
        balanced();
        entries.get(1).epoch().setRecords(10);
        assertThat(ledger().problems())
                .anySatisfy(problem -> assertThat(problem).contains("has 9 records, not 10"));
    }

    @Test
    void anotherRecordThanTheOneThatWasReadIsFound() {
        balanced();
        ConsumerRecord<byte[], byte[]> read = source.remove(0);
        record(0);
        source.add(0, source.remove(source.size() - 1));
        assertThat(ledger().problems()).isEmpty();
        source.get(0).value()[0] = 99;
        assertThat(read.value()[0]).isZero();
        assertThat(ledger().problems())
                .singleElement()
                .asString()
                .contains("0..9", "the root is not that of the records");
    }

    @Test
    void aFullEpochThatEndsEarlyIsFound() {
        balanced();
        publish(20, 24, false);
        assertThat(ledger().problems()).singleElement().asString().contains("expected to end at 29");
    }

    @Test
    void aPartialEpochThatEndsAtNoRecordIsFound() {
        balanced();
        entries.remove(3);
        publish(20, 27, true);
        assertThat(ledger().problems()).singleElement().asString().contains("expected to end at its last record");
    }

    @Test
    void anUnknownOutcomeOrKeyIsFound() {
        balanced();
        entries.get(0).epoch().setOutcomes(Map.of("FORGOTTEN", 10L));
        entries.set(1, new Entry(TOPIC, entries.get(1).epoch(), false));
        assertThat(ledger().problems()).hasSize(2);
    }
}
