package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The leaf, recomputed from the description in docs/ledger.md with other means. */
class LedgerLeafTest {

    private static final byte[] KEY = "E-17".getBytes(UTF_8);
    private static final byte[] VALUE = {0, 0, 0, 0, 7, 42};
    private static final byte[] EMPTY = new byte[0];

    @Test
    void theLeafIsTheHashOfLengthsBytesTimestampAndOffset() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(4);
        out.write(KEY);
        out.writeInt(6);
        out.write(VALUE);
        out.writeLong(1_678_060_800_000L);
        out.writeLong(9_999L);

        assertThat(LedgerLeaf.of(KEY, VALUE, 1_678_060_800_000L, 9_999L))
                .hasSize(32)
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    }

    @Test
    void nullHasTheLengthMinusOneAndNoBytes() throws Exception {
        byte[] described = HexFormat.of().parseHex("ffffffff" + "ffffffff" + "0000000000000001" + "0000000000000002");

        assertThat(LedgerLeaf.of(null, null, 1, 2))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(described));
    }

    @Test
    void aNegativeTimestampCountsAsZero() {
        assertThat(LedgerLeaf.of(KEY, VALUE, -1, 2)).isEqualTo(LedgerLeaf.of(KEY, VALUE, 0, 2));
        assertThat(LedgerLeaf.of(KEY, VALUE, Long.MIN_VALUE, 2)).isEqualTo(LedgerLeaf.of(KEY, VALUE, 0, 2));
    }

    @Test
    void recordsThatDifferInAnythingHaveDifferentLeaves() {
        List<byte[]> leaves = List.of(
                LedgerLeaf.of(KEY, VALUE, 1, 2),
                LedgerLeaf.of(VALUE, KEY, 1, 2),
                LedgerLeaf.of(KEY, VALUE, 2, 1),
                LedgerLeaf.of(KEY, VALUE, 1, 3),
                LedgerLeaf.of(KEY, null, 1, 2),
                LedgerLeaf.of(KEY, EMPTY, 1, 2),
                LedgerLeaf.of(null, KEY, 1, 2),
                LedgerLeaf.of(EMPTY, KEY, 1, 2));

        Set<String> different = new TreeSet<>();
        leaves.forEach(leaf -> different.add(HexFormat.of().formatHex(leaf)));
        assertThat(different).hasSize(leaves.size());
    }
}
