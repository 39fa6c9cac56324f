package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.ChainLink;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.state.KeyValueStore;

/** The hash chain of one writer of violations: the judge-egress of one partition. */
final class ViolationChain {

    private static final byte[] NONE = new byte[0];

    private final KeyValueStore<String, ChainLink> store;
    private final String id;

    /** @param id name of the chain, the same in every life of this partition */
    ViolationChain(KeyValueStore<String, ChainLink> store, String id) {
        this.store = store;
        this.id = id;
    }

    /** Makes this the next record of the chain. */
    void append(Violation violation) {
        ChainLink last = store.get(id);
        long sequence = last == null ? 0 : last.getSequence() + 1;
        byte[] previous = last == null ? NONE : Bytes.of(last.getHash());
        byte[] hash = HashChain.link(violation, id, sequence, previous);
        store.put(id, new ChainLink(sequence, ByteBuffer.wrap(hash)));
    }
}
