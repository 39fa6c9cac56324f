package eu.cloverwatch.audit.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The root, recomputed from its description in the report with other means. */
class InputRecordsTest {

    private static final TopicPartition PARTITION = new TopicPartition("events", 0);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1_000, 1_001, 2_000, 3_500, 7_000})
    void theRootIsThatOfRfc6962OverBlocksOfAThousandRecords(int records) throws Exception {
        InputRecords input = new InputRecords();
        for (int i = 0; i < records; i++) {
            input.add(record(i));
        }

        assertThat(input.input(PARTITION).records()).isEqualTo(records);
        assertThat(input.input(PARTITION).root()).isEqualTo(hex(treeHash(0, (records + 999) / 1_000, records)));
        assertThat(input.input(PARTITION)).as("asked for again").isEqualTo(input.input(PARTITION));
    }

    @Test
    void recordsThatDifferInAnythingHaveDifferentRoots() {
        Set<String> roots = new TreeSet<>();
        roots.add(rootOf(record(new byte[] {1}, new byte[] {2}, 3, 4)));
        roots.add(rootOf(record(new byte[] {1}, new byte[] {2}, 4, 3)));
        roots.add(rootOf(record(new byte[] {2}, new byte[] {1}, 3, 4)));
        roots.add(rootOf(record(new byte[0], new byte[] {2}, 3, 4)));
        roots.add(rootOf(record(null, new byte[] {2}, 3, 4)));
        roots.add(rootOf(record(new byte[] {1}, null, 3, 4)));
        roots.add(rootOf(record(new byte[] {1}, new byte[5_000], 3, 4)));
        roots.add(rootOf(record(new byte[] {1}, new byte[5_001], 3, 4)));

        assertThat(roots).hasSize(8);
    }

    /** Section 2.1: MTH of the blocks from one, inclusive, to another, exclusive. */
    private static byte[] treeHash(int from, int to, int records) throws IOException, NoSuchAlgorithmException {
        int blocks = to - from;
        if (blocks == 0) {
            return sha256(new byte[0]);
        }
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        if (blocks == 1) {
            data.write(0);
            block(new DataOutputStream(data), from, records);
        } else {
            int left = Integer.highestOneBit(blocks - 1);
            data.write(1);
            data.writeBytes(treeHash(from, from + left, records));
            data.writeBytes(treeHash(from + left, to, records));
        }
        return sha256(data.toByteArray());
    }

    private static void block(DataOutputStream out, int block, int records) throws IOException {
        for (int i = block * 1_000; i < Math.min(records, (block + 1) * 1_000); i++) {
            ConsumerRecord<byte[], byte[]> record = record(i);
            text(out, record.key());
            text(out, record.value());
            out.writeLong(record.timestamp());
            out.writeLong(record.offset());
        }
    }

    private static void text(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    /** Now and then one without key, a tombstone, one that is larger than usual. */
    private static ConsumerRecord<byte[], byte[]> record(int number) {
        byte[] key = new byte[number % 20];
        byte[] value = new byte[number % 97 == 0 ? 6_000 : number % 300];
        Random random = new Random(number);
        random.nextBytes(key);
        random.nextBytes(value);
        return record(
                number % 11 == 0 ? null : key,
                number % 13 == 0 ? null : value,
                1_700_000_000_000L + number,
                3L * number);
    }

    private static ConsumerRecord<byte[], byte[]> record(
            byte @Nullable [] key, byte @Nullable [] value, long timestamp, long offset) {
        return new ConsumerRecord<>(
                "events",
                0,
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    private static String rootOf(ConsumerRecord<byte[], byte[]> record) {
        InputRecords input = new InputRecords();
        input.add(record);
        return input.input(PARTITION).root();
    }

    private static byte[] sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(bytes);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
