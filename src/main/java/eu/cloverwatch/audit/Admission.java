package eu.cloverwatch.audit;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import java.time.Duration;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What only a record of a topic can have wrong: in a file, key and timestamp follow from the line. */
public final class Admission {

    /** By how much an event may be ahead of its record's Kafka timestamp. */
    public static final Duration MAX_AHEAD = Duration.ofHours(24);

    private Admission() {}

    /** Why the record plays no part, as far as key, timestamp and the shape of the value tell; null if it may. */
    public static @Nullable String problem(Arrival arrival) {
        if (arrival.payload() instanceof Arrival.Raw) {
            return "no record of the contract";
        }
        SpecificRecord record = arrival.payload() instanceof Arrival.Value value ? value.record() : null;
        return switch (arrival.topic()) {
            case EMPLOYEE_LOCATIONS, CONSENTS, GATEWAYS -> keyProblem(arrival.key(), record);
            case ACCESS_EVENTS -> timeProblem(arrival, record);
            default -> null;
        };
    }

    private static @Nullable String keyProblem(@Nullable String key, @Nullable SpecificRecord fact) {
        return key == null || (fact != null && !key.equals(id(fact)))
                ? "key: expected the id of whom the fact is about, as in the record"
                : null;
    }

    private static @Nullable String id(SpecificRecord fact) {
        if (fact instanceof EmployeeLocation location) {
            return location.getEmployeeId();
        }
        if (fact instanceof SubjectConsent consent) {
            return consent.getSubjectId();
        }
        return fact instanceof GatewayApproval approval ? approval.getGatewayId() : null;
    }

    private static @Nullable String timeProblem(Arrival arrival, @Nullable SpecificRecord record) {
        return record instanceof AccessEvent event
                        && event.getOccurredAt().isAfter(arrival.timestamp().plus(MAX_AHEAD))
                ? "occurred_at: expected at most 24 hours after the record's Kafka timestamp"
                : null;
    }
}
