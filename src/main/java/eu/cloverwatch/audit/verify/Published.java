package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.RecordSerde;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** One partition of the violations topic: the last revision of each violation, and every link of the chains. */
final class Published implements TopicReader.Sink {

    private final RecordSerde serde;
    private final Map<Id, Revision> last = new HashMap<>();
    private final List<Link> links = new ArrayList<>();

    /** Two subjects may share an event id, and so a violation id. */
    private record Id(String violationId, @Nullable String pseudonym) {}

    /** @param place {@code topic-partition@offset} */
    record Revision(Violation violation, String place) {
        boolean isWithdrawn() {
            return violation.getStatus() == ViolationStatus.WITHDRAWN;
        }
    }

    Published(RecordSerde serde) {
        this.serde = serde;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone is nobody's statement
        }
        Violation violation = (Violation) serde.deserialize(record.topic(), record.value(), Violation.getClassSchema());
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        links.add(Link.of(violation, place));
        last.merge(
                new Id(violation.getViolationId(), violation.getSubject().getPseudonym()),
                new Revision(violation, place),
                (a, b) -> a.violation().getRevision() > b.violation().getRevision() ? a : b);
    }

    /** Of each violation the last revision, withdrawn ones included. */
    static List<Revision> last(Collection<Published> partitions) {
        Map<Id, Revision> last = new HashMap<>();
        partitions.forEach(partition -> partition.last.forEach((id, revision) -> last.merge(
                id,
                revision,
                (a, b) -> a.violation().getRevision() > b.violation().getRevision() ? a : b)));
        return List.copyOf(last.values());
    }

    static List<Link> links(Collection<Published> partitions) {
        return partitions.stream()
                .flatMap(partition -> partition.links.stream())
                .toList();
    }
}
