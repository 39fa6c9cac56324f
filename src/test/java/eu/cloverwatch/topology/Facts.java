package eu.cloverwatch.topology;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.SubjectConsent;
import java.time.Instant;
import java.util.List;

/** Records of the fact topics, with what a test does not say filled in. */
final class Facts {

    /** One enclave in Ireland, one office in Japan; EMAIL is restricted, and nothing restricted may reach China. */
    static final String POLICY =
            """
            policy_id: eu-user-data
            effective_from: 2023-03-08T00:00:00Z
            protected_residents: [IE, DE]
            region: [IE, DE]
            sites:
              - {id: dublin-1, country: IE, enclave: [{from: 2023-03-08T00:00:00Z}]}
              - {id: tokyo-1, country: JP}
            restricted_categories: [EMAIL]
            exempt:
              - {protection: [AGGREGATED, PUBLIC]}
            denied:
              - {destinations: [CN], categories: restricted}
            consent_required_for: [ADVERTISING]
            """;

    private Facts() {}

    static EmployeeLocation location(String employeeId, String country, Instant effectiveFrom, Instant recordedAt) {
        return EmployeeLocation.newBuilder()
                .setEmployeeId(employeeId)
                .setCountry(country)
                .setEffectiveFrom(effectiveFrom)
                .setRecordedAt(recordedAt)
                .setSource(LocationSource.HR)
                .build();
    }

    static EmployeeLocation departure(String employeeId, Instant effectiveFrom, Instant recordedAt) {
        EmployeeLocation location = location(employeeId, "IE", effectiveFrom, recordedAt);
        location.setLeft(true);
        return location;
    }

    static SubjectConsent consent(String subjectId, Instant effectiveFrom, Instant recordedAt, Grant... grants) {
        return SubjectConsent.newBuilder()
                .setSubjectId(subjectId)
                .setResidenceCountry("IE")
                .setAgeBand(AgeBand.ADULT)
                .setEffectiveFrom(effectiveFrom)
                .setRecordedAt(recordedAt)
                .setGrants(List.of(grants))
                .build();
    }

    /** Consent to a purpose, in these countries; none: anywhere. */
    static Grant granted(String purpose, String... destinations) {
        return new Grant(purpose, true, List.of(destinations));
    }

    static Grant refused(String purpose) {
        return new Grant(purpose, false, List.of());
    }

    /** For every category and purpose, without end. */
    static GatewayApproval approval(String gatewayId, String destination, Instant effectiveFrom, Instant recordedAt) {
        return GatewayApproval.newBuilder()
                .setGatewayId(gatewayId)
                .setSite("dublin-1")
                .setStatus(GatewayStatus.APPROVED)
                .setApprovedBy("partner")
                .setEffectiveFrom(effectiveFrom)
                .setRecordedAt(recordedAt)
                .setDestinations(List.of(destination))
                .setCategories(List.of("*"))
                .setPurposes(List.of("*"))
                .setReviewedBuilds(List.of())
                .build();
    }

    /** A revision that says of itself what its document says. */
    static PolicyRevision revision(String document, Instant recordedAt) {
        PolicyDocument parsed = PolicyDocument.parse(document);
        return PolicyRevision.newBuilder()
                .setPolicyId(parsed.policy().policyId())
                .setEffectiveFrom(parsed.effectiveFrom())
                .setRecordedAt(recordedAt)
                .setAuthor("partner")
                .setSha256(Sha256.hex(document))
                .setDocument(document)
                .build();
    }
}
