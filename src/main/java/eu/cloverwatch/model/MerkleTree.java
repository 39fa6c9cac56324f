package eu.cloverwatch.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A Merkle tree that only grows, as RFC 6962 section 2.1 defines it: a leaf is SHA-256 of 0x00 and the leaf's data, an inner
 * node SHA-256 of 0x01 and its two children. Of n leaves it keeps only the roots of the perfect subtrees, one for each bit
 * that is set in n, so it is small enough to be saved after every record. Not safe for use by several threads.
 */
public final class MerkleTree {

    private static final int HASH_BYTES = 32;

    /** Comes before the data of a leaf where its hash is computed. */
    public static final byte LEAF = 0;

    private static final byte NODE = 1;

    /** Largest first, which is also from left to right. The arrays are never changed. */
    private final ArrayList<byte[]> subtrees;

    /** What is to be hashed next. */
    private final byte[] scratch = new byte[1 + 2 * HASH_BYTES];

    private long leaves;

    private MerkleTree(long leaves, ArrayList<byte[]> subtrees) {
        this.leaves = leaves;
        this.subtrees = subtrees;
    }

    public static MerkleTree empty() {
        return new MerkleTree(0, new ArrayList<>());
    }

    /**
     * The tree that had this many leaves and these {@link #subtrees()}.
     *
     * @param leaves not negative
     * @param subtrees roots of the perfect subtrees, largest first, 32 bytes each
     * @throws IllegalArgumentException if they cannot be those of so many leaves
     */
    public static MerkleTree restore(long leaves, List<byte[]> subtrees) {
        if (leaves < 0) {
            throw new IllegalArgumentException("expected a number of leaves from 0 on, came " + leaves);
        }
        if (subtrees.size() != Long.bitCount(leaves)) {
            throw new IllegalArgumentException("expected " + Long.bitCount(leaves) + " subtrees for " + leaves
                    + " leaves, came " + subtrees.size());
        }
        for (byte[] subtree : subtrees) {
            if (subtree.length != HASH_BYTES) {
                throw new IllegalArgumentException(
                        "expected subtrees of " + HASH_BYTES + " bytes, came one of " + subtree.length);
            }
        }
        return new MerkleTree(leaves, copies(subtrees));
    }

    /** Appends a leaf with this data, of any length. */
    public void add(byte[] leafData) {
        addLeaf(leafData.length == HASH_BYTES ? leaf(leafData) : Sha256.of(new byte[] {LEAF}, leafData));
    }

    /**
     * Appends a leaf whose data was hashed elsewhere.
     *
     * @param leafHash SHA-256 of {@link #LEAF} and the leaf's data; the caller's to leave alone from then on
     */
    public void addLeaf(byte[] leafHash) {
        byte[] hash = leafHash;
        // As in binary counting: a carry for every subtree of the size that the new one has by now.
        for (long carry = leaves; (carry & 1) == 1; carry >>= 1) {
            hash = node(subtrees.remove(subtrees.size() - 1), hash);
        }
        subtrees.add(hash);
        leaves++;
    }

    public long leaves() {
        return leaves;
    }

    /** The roots of the perfect subtrees, largest first, 32 bytes each; copies. Empty for the empty tree. */
    public List<byte[]> subtrees() {
        return copies(subtrees);
    }

    /** The tree's root (RFC 6962: Merkle Tree Hash), 32 bytes; of the empty tree SHA-256 of nothing. */
    public byte[] root() {
        if (leaves == 0) {
            return Sha256.of();
        }
        int last = subtrees.size() - 1;
        byte[] root = subtrees.get(last).clone();
        for (int i = last - 1; i >= 0; i--) {
            root = node(subtrees.get(i), root);
        }
        return root;
    }

    private byte[] leaf(byte[] data) {
        scratch[0] = LEAF;
        System.arraycopy(data, 0, scratch, 1, HASH_BYTES);
        return Sha256.ofFirst(scratch, 1 + HASH_BYTES);
    }

    private byte[] node(byte[] left, byte[] right) {
        scratch[0] = NODE;
        System.arraycopy(left, 0, scratch, 1, HASH_BYTES);
        System.arraycopy(right, 0, scratch, 1 + HASH_BYTES, HASH_BYTES);
        return Sha256.ofFirst(scratch, scratch.length);
    }

    private static ArrayList<byte[]> copies(List<byte[]> hashes) {
        ArrayList<byte[]> copies = new ArrayList<>(hashes.size());
        for (byte[] hash : hashes) {
            copies.add(hash.clone());
        }
        return copies;
    }
}
