package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.MerkleRoot;
import eu.cloverwatch.topology.TopologyHarness.Entry;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.LedgerLeaf;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ledger's epochs are those of the records read, whatever became of them, and wherever they ended. */
class LedgerTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int FULL = TopologyHarness.EPOCH_RECORDS;
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    @RegisterExtension
    final TopologyHarness flow = new TopologyHarness();

    private final List<byte[]> leaves = new ArrayList<>();
    private long offset;

    @BeforeEach
    void aPolicyIsInForce() {
        flow.policy(Facts.POLICY, Instant.parse("2023-03-08T00:00:00Z"));
    }

    private void read(byte[] value) {
        byte[] key = "key".getBytes(UTF_8);
        leaves.add(LedgerLeaf.of(key, value, T.toEpochMilli(), offset++));
        flow.pipe(Topic.ACCESS_EVENTS, new TestRecord<>(key, value, T));
    }

    private void read(Access access) {
        read(flow.serde().serialize(flow.name(Topic.ACCESS_EVENTS), access.avro()));
    }

    /** In turn: ends where it was read, at the subject, where it was read, nowhere. */
    private void read(int count) {
        for (int i = 0; i < count; i++) {
            String id = "ev-" + offset;
            switch (i % 4) {
                case 0 -> read(event(id, T));
                case 1 -> read(event(id, T).to("JP"));
                case 2 -> read(event(id, T).of("S-1", "US").byEmployee("E-1"));
                default -> read("not a record".getBytes(UTF_8));
            }
        }
        flow.advance(SECOND);
    }

    private void skipTo(long next) {
        flow.continueAt(Map.of(new TopicPartition(flow.name(Topic.ACCESS_EVENTS), 0), next));
        offset = next;
    }

    /** The one epoch published since; its records are those read since the last call. */
    private LedgerEpoch epoch(long first, long last, ByteBuffer previousRoot) {
        List<Entry> entries = flow.ledger();
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).headers()).doesNotContainKey(Ledger.PARTIAL);
        return check(entries.get(0), first, last, previousRoot, true);
    }

    private LedgerEpoch check(Entry entry, long first, long last, ByteBuffer previousRoot, boolean full) {
        LedgerEpoch epoch = entry.epoch();
        assertThat(entry.key()).isEqualTo(flow.name(Topic.ACCESS_EVENTS) + "-0");
        assertThat(epoch.getFirstOffset()).isEqualTo(first);
        assertThat(epoch.getLastOffset()).isEqualTo(last);
        assertThat(epoch.getRecords()).isEqualTo(leaves.size());
        assertThat(epoch.getOutcomes().values().stream().mapToLong(n -> n).sum())
                .isEqualTo(leaves.size());
        assertThat(epoch.getRoot()).isEqualTo(ByteBuffer.wrap(MerkleRoot.of(leaves)));
        assertThat(epoch.getPreviousRoot()).isEqualTo(previousRoot);
        if (full) {
            leaves.clear();
        }
        return epoch;
    }

    @Test
    void aFullEpochHasTheOutcomesAndTheRootOfItsRecordsAndTheNextFollowsIt() {
        read(FULL);
        LedgerEpoch first = epoch(0, 15, NONE);
        assertThat(first.getOutcomes())
                .containsEntry("IN_REGION", 4L)
                .containsEntry("VIOLATION", 4L)
                .containsEntry("OUT_OF_SCOPE", 4L)
                .containsEntry("REJECTED", 4L);
        read(FULL);
        epoch(16, 31, first.getRoot());
    }

    @Test
    void outcomesOfAccessesByPersonsAreEnteredWhereverTheyEnd() {
        flow.located("E-IE", "IE", T.minus(Duration.ofDays(1)));
        flow.located("E-JP", "JP", T.minus(Duration.ofDays(1)));
        for (int i = 0; i < FULL / 4; i++) {
            Access abroad = event("abroad-" + i, T).byEmployee("E-JP");
            read(event("at-home-" + i, T).byEmployee("E-IE"));
            read(abroad);
            read(abroad);
            read(event("abroad-" + i, T).byEmployee("E-JP").bytes(1));
        }
        assertThat(flow.ledger()).as("outcomes are told by the clock").isEmpty();

        flow.advance(SECOND);
        assertThat(epoch(0, 15, NONE).getOutcomes())
                .containsEntry("IN_REGION", 4L)
                .containsEntry("VIOLATION", 4L)
                .containsEntry("DUPLICATE", 4L)
                .containsEntry("REJECTED", 4L);
    }

    @Test
    void anIdlePartitionHasAPartialEpochWhichIsNoLinkOfTheChain() {
        read(FULL);
        ByteBuffer root = epoch(0, 15, NONE).getRoot();
        read(3);
        assertThat(flow.ledger()).isEmpty();

        flow.advance(TopologyHarness.LEDGER_IDLE);
        List<Entry> partial = flow.ledger();
        assertThat(partial).hasSize(1);
        assertThat(partial.get(0).headers()).containsEntry("cloverwatch.ledger.partial", "true");
        check(partial.get(0), 16, 18, root, false);
        flow.advance(TopologyHarness.LEDGER_IDLE);
        assertThat(flow.ledger()).as("said once").isEmpty();

        read(FULL - 3);
        ByteBuffer second = epoch(16, 31, root).getRoot();
        read(FULL);
        epoch(32, 47, second);
    }

    @Test
    void offsetsWithoutARecordAreNoLeaves() {
        read(2);
        skipTo(10);
        read(3);
        assertThat(flow.ledger()).isEmpty();
        List<byte[]> next = new ArrayList<>();
        skipTo(100);
        List<byte[]> before = List.copyOf(leaves);
        read(1);
        next.addAll(leaves.subList(before.size(), leaves.size()));
        leaves.removeAll(next);
        ByteBuffer root = epoch(0, 15, NONE).getRoot();

        leaves.addAll(next);
        skipTo(111);
        read(1);
        epoch(96, 111, root);
    }
}
