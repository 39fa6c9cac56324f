package eu.cloverwatch.topology;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an arrival is to a simulated world: a valid event, a valid version of a fact, or nothing that plays a part. */
sealed interface SimulatedRecord {

    /** Records that are equal by this arrive in the order in which they were made: the later one counts. */
    Object order();

    record Event(AccessEvent event) implements SimulatedRecord {
        @Override
        public Object order() {
            return event.eventId();
        }

        Instant time() {
            return event.occurredAt();
        }

        /** Whether the fact's key is one that this event is judged with. */
        boolean isJudgedWith(Version version) {
            return version.key().equals(key(version.topic()));
        }

        private @Nullable String key(Topic topic) {
            return switch (topic) {
                case EMPLOYEE_LOCATIONS ->
                    event.actor().isPerson() ? event.actor().id() : null;
                case CONSENTS ->
                    event.subject().id() == null ? null : event.subject().id().value();
                case GATEWAYS ->
                    event.gateway() == null ? null : event.gateway().id();
                default -> null;
            };
        }
    }

    record Version(Topic topic, String key, Instant effectiveFrom, Instant recordedAt) implements SimulatedRecord {
        @Override
        public Object order() {
            return this;
        }
    }

    /** Rejected. */
    record Invalid() implements SimulatedRecord {
        @Override
        public Object order() {
            return new Object();
        }
    }

    static SimulatedRecord of(Arrival arrival) {
        String key = arrival.key();
        try {
            if (arrival.payload() instanceof Arrival.Value value) {
                return arrival.topic() == Topic.ACCESS_EVENTS
                        ? event((eu.cloverwatch.v1.AccessEvent) value.record(), arrival.timestamp())
                        : version(arrival.topic(), key, value);
            }
        } catch (InvalidRecordException e) {
            return new Invalid();
        }
        return arrival.payload() instanceof Arrival.Tombstone && arrival.topic() != Topic.ACCESS_EVENTS && key != null
                ? new Version(arrival.topic(), key, arrival.timestamp(), arrival.timestamp())
                : new Invalid();
    }

    private static SimulatedRecord event(eu.cloverwatch.v1.AccessEvent avro, Instant timestamp) {
        AccessEvent event = ModelRecords.accessEvent(avro);
        return event.occurredAt().isAfter(timestamp.plus(Duration.ofHours(24))) ? new Invalid() : new Event(event);
    }

    private static SimulatedRecord version(Topic topic, @Nullable String key, Arrival.Value value) {
        Timeline.Version<?> version;
        String id;
        if (value.record() instanceof eu.cloverwatch.v1.EmployeeLocation location) {
            version = ModelRecords.employeeLocation(location).version();
            id = location.getEmployeeId();
        } else if (value.record() instanceof eu.cloverwatch.v1.SubjectConsent consent) {
            version = ModelRecords.subjectConsent(consent).version();
            id = consent.getSubjectId();
        } else {
            var approval = (eu.cloverwatch.v1.GatewayApproval) value.record();
            version = ModelRecords.gatewayApproval(approval).version();
            id = approval.getGatewayId();
        }
        return id.equals(key) ? new Version(topic, id, version.effectiveFrom(), version.recordedAt()) : new Invalid();
    }
}
