package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.MerkleTree;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.PythonExample.Ended;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leaves and roots that this product computes, recomputed from the records in another language. */
class VerifyLedgerExampleTest {

    private static final String LEDGER = "cloverwatch.ledger.v1";
    private static final int EPOCH = 10;

    private record Access(long offset, long timestampMs, byte @Nullable [] key, byte @Nullable [] value) {}

    @TempDir
    Path directory;

    private final List<Access> accesses = new ArrayList<>();
    private final List<LedgerEpoch> epochs = new ArrayList<>();

    @BeforeEach
    void twoFullEpochsAPartialOneAndOpenRecords() {
        for (long offset = 0; offset < 30; offset++) {
            if (offset != 9 && offset != 10 && offset != 17) { // markers of transactions
                byte[] key = offset % 5 == 0 ? null : ("E-" + offset).getBytes(UTF_8);
                byte[] value = offset % 7 == 0 ? null : ("a\nvalue " + offset).getBytes(UTF_8);
                accesses.add(new Access(offset, 1_700_000_000_000L + offset, key, value));
            }
        }
        byte[] first = account(0, 9, new byte[0]);
        account(10, 13, first); // partial, replaced by the next
        byte[] second = account(10, 19, first);
        account(20, 26, second);
    }

    private byte[] account(long from, long to, byte[] previousRoot) {
        MerkleTree tree = MerkleTree.empty();
        for (Access access : accesses) {
            if (from <= access.offset() && access.offset() <= to) {
                tree.add(LedgerLeaf.of(access.key(), access.value(), access.timestampMs(), access.offset()));
            }
        }
        epochs.add(new LedgerEpoch(
                "events",
                3,
                from,
                to,
                tree.leaves(),
                Map.of("IN_REGION", tree.leaves() - 1, "VIOLATION", 1L),
                ByteBuffer.wrap(tree.root()),
                ByteBuffer.wrap(previousRoot),
                Instant.EPOCH));
        return tree.root();
    }

    private Ended verify() throws Exception {
        KcatOutput printed = new KcatOutput();
        for (int offset = 0; offset < epochs.size(); offset++) {
            byte[] avro = AvroBytes.write(epochs.get(offset));
            byte[] value = ByteBuffer.allocate(5 + avro.length)
                    .put(ConfluentWireFormat.header(9))
                    .put(avro)
                    .array();
            printed.record(LEDGER, 0, offset, 0, "events-3".getBytes(UTF_8), value);
        }
        printed.record("events", 2, 0, 0, null, "of a partition that is not accounted for yet".getBytes(UTF_8));
        for (Access access : accesses) {
            printed.record("events", 3, access.offset(), access.timestampMs(), access.key(), access.value());
        }
        return new PythonExample("verify_ledger.py", directory).run(printed.bytes());
    }

    private void assertDifference(String named) throws Exception {
        assertThat(verify()).isEqualTo(new Ended(1, "", "difference: " + named + "\n"));
    }

    @Test
    void whatWasAccountedForAgrees() throws Exception {
        assertThat(verify())
                .isEqualTo(new Ended(
                        0, "events-3: 3 epochs with 24 records agree, 0 no longer kept, 3 records open\n", ""));
    }

    @Test
    void anythingChangedInARecordIsADifference() throws Exception {
        String named = "events-3, epoch 10 to 19: its root is not that of the records";
        Access access = accesses.get(9);
        List<Access> changed = List.of(
                new Access(access.offset(), access.timestampMs(), null, access.value()),
                new Access(access.offset(), access.timestampMs(), access.key(), new byte[0]),
                new Access(access.offset(), access.timestampMs() + 1, access.key(), access.value()));
        for (Access other : changed) {
            accesses.set(9, other);
            assertDifference(named);
        }
    }

    @Test
    void aRecordWithoutATimestampIsOneOf1970() throws Exception {
        Access first = accesses.get(0);
        accesses.set(0, new Access(first.offset(), 0, first.key(), first.value()));
        epochs.clear();
        account(0, 9, new byte[0]);
        accesses.set(0, new Access(first.offset(), -1, first.key(), first.value()));

        assertThat(verify().err()).isEmpty();
    }

    @Test
    void aRecordThatWasRemovedIsADifference() throws Exception {
        accesses.remove(12);
        assertDifference("events-3, epoch 10 to 19: says 8 records, the topic has 7");
    }

    @Test
    void anEpochThatWasRemovedIsADifference() throws Exception {
        epochs.subList(1, 3).clear();
        assertDifference("events-3@11 is in no epoch");
    }

    @Test
    void anEpochThatDoesNotFollowTheOneBeforeIsADifference() throws Exception {
        epochs.get(3).setPreviousRoot(ByteBuffer.wrap(new byte[32]));
        assertDifference("events-3, epoch 20 to 26: previous_root is not the root of the epoch before");
    }

    @Test
    void outcomesThatDoNotAddUpAreADifference() throws Exception {
        epochs.get(0).setOutcomes(Map.of("IN_REGION", 8L));
        assertDifference("events-3, epoch 0 to 9: outcomes are not as many as records");
    }

    @Test
    void whatIsNoLongerKeptCannotBeComparedAndTheRestIs() throws Exception {
        accesses.subList(0, 12).clear();
        assertThat(verify().out())
                .isEqualTo("events-3: 1 epochs with 7 records agree, 2 no longer kept, 3 records open\n");

        accesses.remove(7);
        assertDifference("events-3, epoch 20 to 26: says 7 records, the topic has 6");
    }
}
