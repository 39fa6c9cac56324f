package eu.cloverwatch.topology;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.SubjectId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.Record;

/** Events on their way to actors and subjects. */
final class Candidates {

    /**
     * The end of 9999. Kafka Streams takes the record with the least timestamp first: so the facts that are there are taken
     * before the events, whatever the times of both.
     */
    static final long AFTER_FACTS = 253_402_300_799_999L;

    private Candidates() {}

    /** Without headers: what producers put there is none of the monitor's business, and may be personal data. */
    static Record<byte[], Routed> record(byte[] key, Routed value) {
        return new Record<>(key, value, AFTER_FACTS);
    }

    /** The consents' key; a bulk access has no subject, and is spread by its own id. */
    static byte[] subjectKey(AccessEvent event) {
        SubjectId subject = event.subject().id();
        return (subject == null ? event.eventId() : subject.value()).getBytes(StandardCharsets.UTF_8);
    }
}
