package eu.cloverwatch.runtime;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.List;

/** A violation as a monitor might have published it: data of somebody in DE reached CN. */
public final class SampleViolation {

    private SampleViolation() {}

    /** The first revision, HIGH. */
    public static Violation of(String eventId) {
        Topic.values(); // makes Avro trust the generated classes
        Violation violation = AvroBytes.read(new byte[256], 0, Violation.getClassSchema(), Violation.class);
        violation.setViolationId("violation-of-" + eventId);
        violation.setEventId(eventId);
        violation.setStatus(ViolationStatus.OPEN);
        violation.setSeverity(Severity.HIGH);
        violation.setOccurredAt(Instant.parse("2023-03-07T10:00:00Z"));
        violation.getActor().setId("E-17");
        violation.getSubject().setPseudonym("k1:0123456789abcdefghij");
        violation.getSubject().setCountry("DE");
        violation.setDestinationCountry("CN");
        violation.setFindings(List.of(new Finding(
                "EGRESS_WITHOUT_GATEWAY",
                Severity.HIGH,
                "EMAIL reached CN through no gateway",
                List.of("programme"),
                "pass through a gateway approved for CN")));
        return violation;
    }

    /** A later revision of the same. */
    public static Violation revision(String eventId, int revision, ViolationStatus status, Severity severity) {
        Violation violation = of(eventId);
        violation.setRevision(revision);
        violation.setStatus(status);
        violation.setSeverity(severity);
        violation.setCause("employee-locations/E-17 effective 2023-03-06T00:00:00Z");
        return violation;
    }
}
