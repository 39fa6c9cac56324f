package eu.cloverwatch.wire;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Violation;
import java.nio.ByteBuffer;

/**
 * The hash chain that links the violations of one writer: a record's hash is SHA-256 of the previous hash, then of the
 * record's Avro binary, written with the schema of {@code schemas/Violation.avsc}, with {@code chain.hash} empty.
 */
public final class HashChain {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private HashChain() {}

    /**
     * Makes the record the next of its chain.
     *
     * @param sequence 0 for the first record of the chain
     * @param previousHash empty for the first record of the chain, else 32 bytes
     * @return the hash of this record, 32 bytes
     */
    public static byte[] link(Violation violation, String chainId, long sequence, byte[] previousHash) {
        violation.setChain(new Chain(chainId, sequence, ByteBuffer.wrap(previousHash), NOTHING));
        byte[] hash = Sha256.of(previousHash, AvroBytes.write(violation));
        violation.getChain().setHash(ByteBuffer.wrap(hash));
        return hash;
    }
}
