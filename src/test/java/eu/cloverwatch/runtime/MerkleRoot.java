package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Sha256;
import java.util.List;

/** The Merkle tree hash as RFC 6962, section 2.1 defines it: recursive, slow, and nobody else's code. */
public final class MerkleRoot {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleRoot() {}

    public static byte[] of(List<byte[]> leaves) {
        int n = leaves.size();
        if (n == 0) {
            return Sha256.of();
        }
        if (n == 1) {
            return Sha256.of(LEAF, leaves.get(0));
        }
        // The largest power of two smaller than n.
        int k = Integer.highestOneBit(n - 1);
        return Sha256.of(NODE, of(leaves.subList(0, k)), of(leaves.subList(k, n)));
    }
}
