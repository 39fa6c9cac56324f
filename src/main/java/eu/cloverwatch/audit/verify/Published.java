package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** One partition of the violations topic: the last revision of each violation in question, and every link of the chains. */
final class Published implements TopicReader.Sink {

    private final RecordSerde serde;
    private final TopicReader.Range range;
    private final Predicate<Instant> inQuestion;
    private final Map<Id, Revision> last = new HashMap<>();
    private final long settledTo;
    private final Map<String, Long> settled = new HashMap<>();
    private final Map<String, Long> reached = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Difference> foreign = new ArrayList<>();

    /** Two events may share an id, and so a violation id: of two subjects, or of one that came again after the look-back. */
    private record Id(String violationId, String event) {}

    /** @param place {@code topic-partition@offset} */
    record Revision(Violation violation, String place) {
        boolean isWithdrawn() {
            return violation.getStatus() == ViolationStatus.WITHDRAWN;
        }
    }

    /**
     * @param settledTo exclusive: where the partition ended before the ends of all were asked for that are read to
     * @param inQuestion whether violations of events of this time are to be kept
     */
    Published(RecordSerde serde, TopicReader.Range range, long settledTo, Predicate<Instant> inQuestion) {
        this.serde = serde;
        this.range = range;
        this.settledTo = settledTo;
        this.inQuestion = inQuestion;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (record.value() == null) {
            foreign(place, "a tombstone");
            return;
        }
        Violation violation;
        try {
            violation = (Violation) serde.deserialize(record.topic(), record.value(), Violation.getClassSchema());
        } catch (UnreadableRecordException e) {
            foreign(place, "a record that is none: " + e.getMessage());
            return;
        }
        link(violation, record, place);
        if (inQuestion.test(violation.getOccurredAt())) {
            last.merge(
                    new Id(violation.getViolationId(), Violations.place(violation)),
                    new Revision(violation, place),
                    Published::later);
        }
    }

    private void link(Violation violation, ConsumerRecord<byte[], byte[]> record, String place) {
        Link link;
        try {
            link = Link.of(violation, this::interned, record.partition(), record.offset());
        } catch (IllegalArgumentException e) {
            foreign(place, "one of which " + e.getMessage());
            return;
        }
        links.add(link);
        reached.merge(link.chain(), link.sequence(), Math::max);
        if (record.offset() < settledTo) {
            settled.merge(link.chain(), link.sequence(), Math::max);
        }
    }

    private String interned(String name) {
        String known = names.putIfAbsent(name, name);
        return known == null ? name : known;
    }

    /** The monitor writes nothing but violations. */
    private void foreign(String place, String found) {
        foreign.add(new Difference(
                Difference.Kind.CHAIN, place, "the record", "a violation", found, "written by somebody else"));
    }

    private static Revision later(Revision a, Revision b) {
        return a.violation().getRevision() > b.violation().getRevision() ? a : b;
    }

    TopicReader.Range range() {
        return range;
    }

    List<Link> links() {
        return links;
    }

    /** The greatest sequence of the chain before which all that was written can be read in every partition; -1 if there is none. */
    long settled(String chain) {
        return settled.getOrDefault(chain, -1L);
    }

    /** The greatest sequence of the chain that cannot be behind a transaction which is still open here. */
    long readable(String chain) {
        return range.isWhole() ? Long.MAX_VALUE : reached.getOrDefault(chain, -1L);
    }

    /** Records that no monitor writes. */
    List<Difference> foreign() {
        return foreign;
    }

    /** Of each violation in question the last revision, withdrawn ones included. */
    static Collection<Revision> last(Collection<Published> partitions) {
        Map<Id, Revision> last = new HashMap<>();
        partitions.forEach(
                partition -> partition.last.forEach((id, revision) -> last.merge(id, revision, Published::later)));
        return last.values();
    }
}
