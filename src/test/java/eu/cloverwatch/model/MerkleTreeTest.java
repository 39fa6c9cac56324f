package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    private static final String EMPTY_ROOT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** The eight inputs, and the roots of the first 1 to 8 of them, of github.com/transparency-dev/merkle, testonly. */
    private static final List<String> PUBLISHED_LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> PUBLISHED_ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootOfTheEmptyTreeIsTheHashOfNothing() {
        assertThat(hex(MerkleTree.empty().root())).isEqualTo(EMPTY_ROOT);
        assertThat(MerkleTree.empty().subtrees()).isEmpty();
    }

    @Test
    void theRootsAreThoseOfThePublishedVectors() {
        MerkleTree tree = MerkleTree.empty();
        for (int i = 0; i < PUBLISHED_LEAVES.size(); i++) {
            tree.add(HexFormat.of().parseHex(PUBLISHED_LEAVES.get(i)));
            assertThat(hex(tree.root())).as("%d leaves", i + 1).isEqualTo(PUBLISHED_ROOTS.get(i));
            assertThat(tree.leaves()).isEqualTo(i + 1);
        }
    }

    @Test
    void theRootIsThatOfTheRecursiveDefinition() throws Exception {
        List<byte[]> leaves = leaves(200);
        MerkleTree tree = MerkleTree.empty();
        for (int n = 0; n <= leaves.size(); n++) {
            assertThat(tree.root()).as("%d leaves", n).isEqualTo(defined(leaves.subList(0, n)));
            if (n < leaves.size()) {
                tree.add(leaves.get(n));
            }
        }
    }

    @Test
    void aTreeThatIsRestoredAtAnyPointGrowsOnAsIfItHadNeverBeenAway() throws Exception {
        List<byte[]> leaves = leaves(200);
        byte[] whole = defined(leaves);
        MerkleTree tree = MerkleTree.empty();
        for (int n = 0; n <= leaves.size(); n++) {
            MerkleTree restored = MerkleTree.restore(tree.leaves(), tree.subtrees());
            assertThat(restored.root()).as("restored with %d leaves", n).isEqualTo(tree.root());
            leaves.subList(n, leaves.size()).forEach(restored::add);
            assertThat(restored.root()).as("restored with %d leaves", n).isEqualTo(whole);
            if (n < leaves.size()) {
                tree.add(leaves.get(n));
            }
        }
    }

    @Test
    void theKeptSubtreesAreAsManyAsTheBitsOfTheNumberOfLeavesAndTheLargestIsFirst() throws Exception {
        List<byte[]> leaves = leaves(7);
        MerkleTree tree = MerkleTree.empty();
        leaves.forEach(tree::add);

        assertThat(tree.subtrees())
                .usingElementComparator(Arrays::compare)
                .containsExactly(
                        defined(leaves.subList(0, 4)), defined(leaves.subList(4, 6)), defined(leaves.subList(6, 7)));
    }

    @Test
    void nobodyCanChangeTheTreeThroughWhatItGaveOrGot() {
        MerkleTree tree = MerkleTree.empty();
        leaves(3).forEach(tree::add);
        byte[] root = tree.root();
        List<byte[]> given = tree.subtrees();
        MerkleTree restored = MerkleTree.restore(3, given);

        given.get(0)[0] ^= 1;
        given.remove(1);
        tree.root()[0] ^= 1;

        assertThat(tree.root()).isEqualTo(root);
        assertThat(restored.root()).isEqualTo(root);

        MerkleTree single = MerkleTree.empty();
        single.add(new byte[0]);
        single.root()[0] ^= 1;
        assertThat(hex(single.root())).isEqualTo(PUBLISHED_ROOTS.get(0));
    }

    @Test
    void subtreesThatCannotBelongToSoManyLeavesAreRefused() {
        byte[] hash = new byte[32];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.restore(3, List.of(hash)))
                .withMessage("expected 2 subtrees for 3 leaves, came 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.restore(4, List.of(hash, hash)))
                .withMessageContaining("expected 1 subtrees");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.restore(3, List.of(hash, new byte[31])))
                .withMessage("expected subtrees of 32 bytes, came one of 31");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MerkleTree.restore(-1, List.of()))
                .withMessageContaining("came -1");
    }

    /** RFC 6962 section 2.1, word for word. */
    private static byte[] defined(List<byte[]> leaves) throws NoSuchAlgorithmException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        if (leaves.isEmpty()) {
            return sha256.digest();
        }
        if (leaves.size() == 1) {
            sha256.update((byte) 0);
            return sha256.digest(leaves.get(0));
        }
        int k = Integer.highestOneBit(leaves.size() - 1);
        sha256.update((byte) 1);
        sha256.update(defined(leaves.subList(0, k)));
        return sha256.digest(defined(leaves.subList(k, leaves.size())));
    }

    private static List<byte[]> leaves(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> ByteBuffer.allocate(32).putInt(i).array())
                .toList());
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
