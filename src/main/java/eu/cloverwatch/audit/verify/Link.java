package eu.cloverwatch.audit.verify;

import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * A violation record as a link of its writer's chain. There is one in memory for every record of the topic, so it is small: no
 * text of its own, and less than 200 bytes with all that is made of it ({@code ChainsTest}).
 */
final class Link {

    private static final int HASH_BYTES = 32;
    private static final Pattern UUID_FORMAT =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** By what it is about. */
    static final Comparator<Link> BY_EVENT = Comparator.<Link, String>comparing(link -> link.sourceTopic)
            .thenComparingInt(link -> link.sourcePartition)
            .thenComparingLong(link -> link.sourceOffset);

    /** By violation, those of one event together. */
    static final Comparator<Link> BY_VIOLATION =
            BY_EVENT.thenComparingLong(link -> link.idHigh).thenComparingLong(link -> link.idLow);

    private final String chain;
    private final long sequence;
    private final boolean whole;
    private final boolean hasPrevious;

    // An array would take twenty bytes more.
    private final long hash0;
    private final long hash1;
    private final long hash2;
    private final long hash3;
    private final long previous0;
    private final long previous1;
    private final long previous2;
    private final long previous3;

    private final long idHigh;
    private final long idLow;
    private final int revision;
    private final String sourceTopic;
    private final int sourcePartition;
    private final long sourceOffset;
    private final Verdict verdict;
    private final boolean first;
    private final int partition;
    private final long offset;

    private Link(Violation violation, UUID id, UnaryOperator<String> names, int partition, long offset) {
        Chain link = violation.getChain();
        Evidence evidence = violation.getEvidence();
        this.chain = names.apply(link.getId());
        this.sequence = link.getSequence();
        ByteBuffer hash = link.getHash().duplicate();
        this.hash0 = hash.getLong();
        this.hash1 = hash.getLong();
        this.hash2 = hash.getLong();
        this.hash3 = hash.getLong();
        this.hasPrevious = link.getPreviousHash().hasRemaining();
        ByteBuffer previous = hasPrevious ? link.getPreviousHash().duplicate() : ByteBuffer.allocate(HASH_BYTES);
        this.previous0 = previous.getLong();
        this.previous1 = previous.getLong();
        this.previous2 = previous.getLong();
        this.previous3 = previous.getLong();
        this.whole = isWhole(violation);
        this.idHigh = id.getMostSignificantBits();
        this.idLow = id.getLeastSignificantBits();
        this.revision = violation.getRevision();
        this.sourceTopic = names.apply(evidence.getTopic());
        this.sourcePartition = evidence.getPartition();
        this.sourceOffset = evidence.getOffset();
        this.verdict = violation.getVerdict();
        this.first = violation.getRevision() == 0 && violation.getCause() == null;
        this.partition = partition;
        this.offset = offset;
    }

    /**
     * The link that a record is.
     *
     * @param names gives the one string that stands for all equal ones
     * @param partition where the record is
     * @throws IllegalArgumentException if the violation's id or the hashes are not of their kind, as no monitor writes them
     */
    static Link of(Violation violation, UnaryOperator<String> names, int partition, long offset) {
        Chain chain = violation.getChain();
        int previous = chain.getPreviousHash().remaining();
        if (chain.getHash().remaining() != HASH_BYTES || (previous != 0 && previous != HASH_BYTES)) {
            throw new IllegalArgumentException("a hash is not " + HASH_BYTES + " bytes long");
        }
        return new Link(violation, id(violation.getViolationId()), names, partition, offset);
    }

    private static UUID id(String text) {
        if (!UUID_FORMAT.matcher(text).matches()) {
            throw new IllegalArgumentException("violation_id is no UUID");
        }
        return UUID.fromString(text);
    }

    private static boolean isWhole(Violation violation) {
        Chain chain = violation.getChain();
        byte[] previous = new byte[chain.getPreviousHash().remaining()];
        chain.getPreviousHash().duplicate().get(previous);
        Violation again = Violation.newBuilder(violation).build();
        byte[] hash = HashChain.link(again, chain.getId(), chain.getSequence(), previous);
        return ByteBuffer.wrap(hash).equals(chain.getHash());
    }

    String chain() {
        return chain;
    }

    long sequence() {
        return sequence;
    }

    /** Whether its hash is that of the record. */
    boolean whole() {
        return whole;
    }

    boolean hasPrevious() {
        return hasPrevious;
    }

    /** Whether its previous hash is the hash of this one. */
    boolean follows(Link before) {
        return hasPrevious
                && previous0 == before.hash0
                && previous1 == before.hash1
                && previous2 == before.hash2
                && previous3 == before.hash3;
    }

    /** For messages. */
    String previousHash() {
        return hasPrevious
                ? Hex.of(ByteBuffer.allocate(HASH_BYTES)
                        .putLong(previous0)
                        .putLong(previous1)
                        .putLong(previous2)
                        .putLong(previous3)
                        .flip())
                : "none";
    }

    boolean isOfSameEvent(Link other) {
        return BY_EVENT.compare(this, other) == 0;
    }

    /** Whether both are revisions of one violation. */
    boolean isOfSameViolation(Link other) {
        return idHigh == other.idHigh && idLow == other.idLow && isOfSameEvent(other);
    }

    String violationId() {
        return new UUID(idHigh, idLow).toString();
    }

    int revision() {
        return revision;
    }

    /** Where the event is that it is about. */
    String event() {
        return sourceTopic + "-" + sourcePartition + "@" + sourceOffset;
    }

    int sourcePartition() {
        return sourcePartition;
    }

    long sourceOffset() {
        return sourceOffset;
    }

    Verdict verdict() {
        return verdict;
    }

    /** Whether it says what the event first came to, before any late fact. */
    boolean first() {
        return first;
    }

    /** Where the record is. */
    int partition() {
        return partition;
    }

    long offset() {
        return offset;
    }
}
