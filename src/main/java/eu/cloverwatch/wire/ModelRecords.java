package eu.cloverwatch.wire;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import java.util.EnumMap;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * From Avro records to the domain. Every method throws {@link eu.cloverwatch.model.InvalidRecordException} where the record
 * breaks the contract.
 */
public final class ModelRecords {

    private static final EnumMap<eu.cloverwatch.v1.Operation, Operation> OPERATIONS =
            byName(eu.cloverwatch.v1.Operation.class, Operation::valueOf);
    private static final EnumMap<eu.cloverwatch.v1.ActorType, ActorType> ACTOR_TYPES =
            byName(eu.cloverwatch.v1.ActorType.class, ActorType::valueOf);
    private static final EnumMap<eu.cloverwatch.v1.Protection, Protection> PROTECTIONS =
            byName(eu.cloverwatch.v1.Protection.class, Protection::valueOf);

    private ModelRecords() {}

    /** Once for all events, rather than to look up the name of each. */
    private static <A extends Enum<A>, M> EnumMap<A, M> byName(Class<A> avro, Function<String, M> model) {
        EnumMap<A, M> values = new EnumMap<>(avro);
        for (A symbol : avro.getEnumConstants()) {
            values.put(symbol, model.apply(symbol.name()));
        }
        return values;
    }

    public static AccessEvent accessEvent(eu.cloverwatch.v1.AccessEvent avro) {
        var subject = avro.getSubject();
        var destination = avro.getDestination();
        return new AccessEvent(
                avro.getEventId(),
                avro.getOccurredAt(),
                avro.getService(),
                Objects.requireNonNull(OPERATIONS.get(avro.getOperation())),
                new AccessEvent.Actor(
                        Objects.requireNonNull(ACTOR_TYPES.get(avro.getActor().getType())),
                        avro.getActor().getId(),
                        avro.getActor().getSourceIp()),
                new AccessEvent.Subject(
                        subjectId(subject.getId()), subject.getCountry(), subject.getCount(), subject.getMinor()),
                avro.getCategories(),
                Objects.requireNonNull(PROTECTIONS.get(avro.getProtection())),
                avro.getRecordCount(),
                avro.getByteCount(),
                avro.getOriginSite(),
                new AccessEvent.Destination(destination.getSite(), destination.getCountry()),
                gatewayUse(avro.getGateway()),
                avro.getPurpose(),
                avro.getTraceId());
    }

    private static @Nullable SubjectId subjectId(@Nullable String id) {
        return id == null ? null : new SubjectId(id);
    }

    private static AccessEvent.@Nullable GatewayUse gatewayUse(eu.cloverwatch.v1.@Nullable GatewayUse avro) {
        return avro == null ? null : new AccessEvent.GatewayUse(avro.getId(), avro.getPassId(), avro.getBuildDigest());
    }

    public static EmployeeLocation employeeLocation(eu.cloverwatch.v1.EmployeeLocation avro) {
        return new EmployeeLocation(
                avro.getEmployeeId(),
                avro.getCountry(),
                avro.getSite(),
                avro.getEmployerCountry(),
                avro.getEffectiveFrom(),
                avro.getRecordedAt(),
                LocationSource.valueOf(avro.getSource().name()),
                avro.getLeft());
    }

    public static SubjectConsent subjectConsent(eu.cloverwatch.v1.SubjectConsent avro) {
        return new SubjectConsent(
                new SubjectId(avro.getSubjectId()),
                avro.getResidenceCountry(),
                AgeBand.valueOf(avro.getAgeBand().name()),
                avro.getEffectiveFrom(),
                avro.getRecordedAt(),
                avro.getGrants().stream()
                        .map(grant -> new SubjectConsent.Grant(
                                grant.getPurpose(), grant.getGranted(), grant.getDestinations()))
                        .toList());
    }

    public static GatewayApproval gatewayApproval(eu.cloverwatch.v1.GatewayApproval avro) {
        return new GatewayApproval(
                avro.getGatewayId(),
                avro.getSite(),
                GatewayStatus.valueOf(avro.getStatus().name()),
                avro.getApprovedBy(),
                avro.getEffectiveFrom(),
                avro.getValidUntil(),
                avro.getRecordedAt(),
                avro.getDestinations(),
                avro.getCategories(),
                avro.getPurposes(),
                avro.getReviewedBuilds());
    }

    public static PolicyRevision policyRevision(eu.cloverwatch.v1.PolicyRevision avro) {
        return new PolicyRevision(
                avro.getPolicyId(),
                avro.getEffectiveFrom(),
                avro.getRecordedAt(),
                avro.getAuthor(),
                avro.getSha256(),
                avro.getDocument());
    }
}
