package eu.cloverwatch.crash;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;

/**
 * Makes facts that concern an event and become known after it: where its actor was, what its subject agreed to, what its
 * gateway was approved for. Each can make a violation of what was none, or the other way round, or change nothing.
 */
final class LateFacts {

    private static final List<String> COUNTRIES = List.of("CN", "US", "JP", "SG", "BR", "IE", "DE", "FR");
    private static final List<String> RESIDENCES = List.of("DE", "IE", "FR", "PL", "US");

    private final Random random;

    LateFacts(Random random) {
        this.random = random;
    }

    /** A fact of any kind that can concern this event, or an erasure. */
    Arrival about(AccessEvent event, Instant recordedAt) {
        Instant from = effectiveFrom(event.getOccurredAt());
        String subject = event.getSubject().getId();
        if (event.getGateway() != null && random.nextInt(4) == 0) {
            return about(Topic.GATEWAYS, event.getGateway().getId(), from, recordedAt, event);
        }
        boolean person = event.getActor().getType() != ActorType.SERVICE;
        if (subject != null && (!person || random.nextInt(3) == 0)) {
            return about(Topic.CONSENTS, subject, from, recordedAt, event);
        }
        return about(Topic.EMPLOYEE_LOCATIONS, event.getActor().getId(), from, recordedAt, event);
    }

    /** What was said of this key is said again, otherwise, for the same time. */
    Arrival correcting(Arrival fact, AccessEvent event, Instant recordedAt) {
        Instant from = fact.payload() instanceof Arrival.Value value
                ? (Instant) value.record()
                        .get(value.record()
                                .getSchema()
                                .getField("effective_from")
                                .pos())
                : fact.timestamp();
        return about(fact.topic(), String.valueOf(fact.key()), from, recordedAt, event);
    }

    /** Mostly some hours before; now and then at the very instant, which counts, or right after it, which does not. */
    private Instant effectiveFrom(Instant occurredAt) {
        return switch (random.nextInt(10)) {
            case 0 -> occurredAt;
            case 1 -> occurredAt.plusMillis(1);
            default -> occurredAt.minus(Duration.ofMinutes(random.nextInt(36 * 60)));
        };
    }

    private Arrival about(Topic topic, String key, Instant from, Instant recordedAt, AccessEvent event) {
        if (random.nextInt(8) == 0) {
            // A tombstone is effective at its Kafka timestamp, whenever it arrives.
            return new Arrival(topic, key, new Arrival.Tombstone(), from);
        }
        SpecificRecord fact = switch (topic) {
            case EMPLOYEE_LOCATIONS -> location(key, from, recordedAt);
            case CONSENTS -> consent(key, from, recordedAt, event.getPurpose());
            case GATEWAYS -> approval(key, from, recordedAt, event);
            default -> throw new IllegalArgumentException("no facts are in " + topic);
        };
        return new Arrival(topic, key, new Arrival.Value(fact), recordedAt);
    }

    private EmployeeLocation location(String employee, Instant from, Instant recordedAt) {
        return EmployeeLocation.newBuilder()
                .setEmployeeId(employee)
                // A country that is none, now and then: the fact is rejected, and plays no part.
                .setCountry(random.nextInt(30) == 0 ? "UK" : pick(COUNTRIES))
                .setEffectiveFrom(from)
                .setRecordedAt(recordedAt)
                .setSource(LocationSource.HR)
                .setLeft(random.nextInt(10) == 0)
                .build();
    }

    private SubjectConsent consent(String subject, Instant from, Instant recordedAt, String purpose) {
        List<String> destinations = random.nextBoolean() ? List.of() : List.of(pick(COUNTRIES));
        return SubjectConsent.newBuilder()
                .setSubjectId(subject)
                .setResidenceCountry(pick(RESIDENCES))
                .setAgeBand(random.nextInt(4) == 0 ? AgeBand.MINOR : AgeBand.ADULT)
                .setEffectiveFrom(from)
                .setRecordedAt(recordedAt)
                .setGrants(List.of(new Grant(purpose, random.nextInt(3) > 0, destinations)))
                .build();
    }

    private GatewayApproval approval(String gateway, Instant from, Instant recordedAt, AccessEvent event) {
        return GatewayApproval.newBuilder()
                .setGatewayId(gateway)
                .setSite("dublin-1")
                .setStatus(random.nextInt(3) == 0 ? GatewayStatus.SUSPENDED : GatewayStatus.APPROVED)
                .setApprovedBy("security partner")
                .setEffectiveFrom(from)
                .setValidUntil(random.nextInt(3) == 0 ? from.plus(Duration.ofDays(20)) : null)
                .setRecordedAt(recordedAt)
                .setDestinations(random.nextInt(3) == 0 ? List.of("US", "JP") : List.of("*"))
                .setCategories(random.nextInt(3) == 0 ? event.getCategories() : List.of("*"))
                .setPurposes(random.nextInt(3) == 0 ? List.of(event.getPurpose()) : List.of("*"))
                .setReviewedBuilds(List.of())
                .build();
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
