package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;

/**
 * A violation record as a link of its writer's chain.
 *
 * @param whole whether the hash is that of the record
 * @param event where the event is that it is about
 * @param sourcePartition of the event, and its offset
 * @param first whether it says what the event first came to, before any late fact
 * @param partition where the record is
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
        String event,
        int sourcePartition,
        long sourceOffset,
        Verdict verdict,
        boolean first,
        int partition,
        String place) {

    static Link of(Violation violation, int partition, String place) {
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
                Violations.place(violation),
                violation.getEvidence().getPartition(),
                violation.getEvidence().getOffset(),
                violation.getVerdict(),
                violation.getRevision() == 0 && violation.getCause() == null,
                partition,
                place);
    }
}
