package eu.cloverwatch.wire;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationActor;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.v1.ViolationSubject;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the domain to Avro records. */
public final class AvroRecords {

    /** No bytes. */
    public static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private AvroRecords() {}

    public static EmployeeLocation employeeLocation(eu.cloverwatch.model.EmployeeLocation location) {
        return EmployeeLocation.newBuilder()
                .setEmployeeId(location.employeeId())
                .setCountry(location.country())
                .setSite(location.site())
                .setEmployerCountry(location.employerCountry())
                .setEffectiveFrom(location.effectiveFrom())
                .setRecordedAt(location.recordedAt())
                .setSource(LocationSource.valueOf(location.source().name()))
                .setLeft(location.left())
                .build();
    }

    public static List<Grant> grants(List<eu.cloverwatch.model.SubjectConsent.Grant> grants) {
        return grants.stream()
                .map(grant -> new Grant(grant.purpose(), grant.granted(), grant.destinations()))
                .toList();
    }

    public static AgeBand ageBand(eu.cloverwatch.model.AgeBand ageBand) {
        return AgeBand.valueOf(ageBand.name());
    }

    /**
     * A violation newly found: revision 0, OPEN, not yet linked into a hash chain.
     *
     * @param judgement VIOLATION or UNDECIDABLE
     * @param detectedAt wall clock, the only field that is no function of the records read
     */
    public static Violation violation(
            AccessEvent event, Judgement judgement, Origin origin, Pseudonyms pseudonyms, Instant detectedAt) {
        return facts(event, judgement.known(), origin, pseudonyms, detectedAt)
                .setVerdict(judgement.outcome() == Outcome.VIOLATION ? Verdict.VIOLATION : Verdict.UNDECIDABLE)
                .setSeverity(severity(judgement.severity()))
                .setFindings(
                        judgement.findings().stream().map(AvroRecords::finding).toList())
                .build();
    }

    /**
     * What is known now of an event in which nothing is found any more, with the verdict, severity and findings of the revision
     * that is withdrawn; as {@link #violation} for the rest.
     */
    public static Violation withdrawal(
            AccessEvent event,
            Judgement judgement,
            Origin origin,
            Pseudonyms pseudonyms,
            Instant detectedAt,
            Violation withdrawn) {
        return facts(event, judgement.known(), origin, pseudonyms, detectedAt)
                .setVerdict(withdrawn.getVerdict())
                .setSeverity(withdrawn.getSeverity())
                .setFindings(withdrawn.getFindings())
                .build();
    }

    private static Violation.Builder facts(
            AccessEvent event, Judgement.Known known, Origin origin, Pseudonyms pseudonyms, Instant detectedAt) {
        return Violation.newBuilder()
                .setViolationId(ViolationIds.of(event.eventId()).toString())
                .setEventId(event.eventId())
                .setRevision(0)
                .setStatus(ViolationStatus.OPEN)
                .setOccurredAt(event.occurredAt())
                .setDetectedAt(detectedAt)
                .setService(event.service())
                .setOperation(Operation.valueOf(event.operation().name()))
                .setActor(new ViolationActor(
                        ActorType.valueOf(event.actor().type().name()),
                        event.actor().id(),
                        known.actorCountry()))
                .setSubject(new ViolationSubject(
                        pseudonym(event.subject().id(), pseudonyms),
                        known.subjectCountry(),
                        event.subject().count(),
                        known.minor()))
                .setCategories(event.categories())
                .setProtection(Protection.valueOf(event.protection().name()))
                .setRecordCount(event.recordCount())
                .setByteCount(event.byteCount())
                .setOriginSite(event.originSite())
                .setOriginCountry(known.originCountry())
                .setDestinationCountry(known.destinationCountry())
                .setGatewayId(event.gateway() == null ? null : event.gateway().id())
                .setPurpose(event.purpose())
                .setCause(null)
                .setEvidence(evidence(origin, known))
                .setChain(new Chain("", 0L, NOTHING, NOTHING));
    }

    private static eu.cloverwatch.v1.Finding finding(Finding finding) {
        return new eu.cloverwatch.v1.Finding(
                finding.rule().name(),
                severity(finding.severity()),
                finding.message(),
                finding.rule().sources(),
                finding.remedy());
    }

    private static Severity severity(eu.cloverwatch.model.Severity severity) {
        return Severity.valueOf(severity.name());
    }

    private static @Nullable String pseudonym(@Nullable SubjectId subject, Pseudonyms pseudonyms) {
        return subject == null ? null : pseudonyms.of(subject);
    }

    private static Evidence evidence(Origin origin, Judgement.Known known) {
        return Evidence.newBuilder()
                .setTopic(origin.topic())
                .setPartition(origin.partition())
                .setOffset(origin.offset())
                .setPolicySha256(known.policySha256() == null ? "" : known.policySha256())
                .setLocationEffectiveFrom(known.locationFrom())
                .setConsentEffectiveFrom(known.consentFrom())
                .setGatewayEffectiveFrom(known.gatewayFrom())
                .build();
    }
}
