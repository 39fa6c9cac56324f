package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;

/**
 * A violation record as a link of its writer's chain.
 *
 * @param whole whether the hash is that of the record
 */
record Link(
        String chain,
        long sequence,
        ByteBuffer previousHash,
        ByteBuffer hash,
        boolean whole,
        String violationId,
        int revision,
        String eventId,
        String place) {

    static Link of(Violation violation, String place) {
        Chain chain = violation.getChain();
        byte[] previous = new byte[chain.getPreviousHash().remaining()];
        chain.getPreviousHash().duplicate().get(previous);
        Violation again = Violation.newBuilder(violation).build();
        ByteBuffer hash = ByteBuffer.wrap(HashChain.link(again, chain.getId(), chain.getSequence(), previous));
        return new Link(
                chain.getId(),
                chain.getSequence(),
                ByteBuffer.wrap(previous),
                chain.getHash(),
                hash.equals(chain.getHash()),
                violation.getViolationId(),
                violation.getRevision(),
                violation.getEventId(),
                place);
    }
}
