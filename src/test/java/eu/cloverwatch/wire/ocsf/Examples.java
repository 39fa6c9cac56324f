package eu.cloverwatch.wire.ocsf;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationActor;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.v1.ViolationSubject;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** The violation and the incident that the documentation shows. Every field that can be null is there. */
final class Examples {

    static final Product PRODUCT = new Product("0.1.0", "urn:cloverwatch:cloverwatch");
    static final Instant OPENED = Instant.parse("2024-11-05T09:14:08.250Z");
    static final Instant LATER = Instant.parse("2024-11-05T11:02:40Z");

    private Examples() {}

    /** A revision: a location that came late has changed it. */
    static Violation violation() {
        Violation violation = Violation.newBuilder()
                .setViolationId(ViolationIds.of("ev-00004711").toString())
                .setEventId("ev-00004711")
                .setRevision(1)
                .setStatus(ViolationStatus.AMENDED)
                .setVerdict(Verdict.VIOLATION)
                .setSeverity(Severity.CRITICAL)
                .setOccurredAt(Instant.parse("2024-11-05T09:14:07.120Z"))
                .setDetectedAt(LATER)
                .setFindings(List.of(
                        new Finding(
                                "DENIED_DESTINATION",
                                Severity.CRITICAL,
                                "EMAIL reached CN (location of E-0011), where the policy allows it through no gateway",
                                List.of("programme", "GDPR Art. 46(1)"),
                                "keep EMAIL out of CN"),
                        new Finding(
                                "GATEWAY_NOT_APPROVED",
                                Severity.HIGH,
                                "approval G-7 expired 2024-10-31T00:00:00Z and data reached CN (location of E-0011)",
                                List.of("programme"),
                                "renew approval G-7, which expired 2024-10-31T00:00:00Z")))
                .setService("support-desk")
                .setOperation(Operation.READ)
                .setActor(new ViolationActor(ActorType.EMPLOYEE, "E-0011", "CN"))
                .setSubject(new ViolationSubject("k1:2C3dP0J6m2Q9cJxk1oYwzv7bq0y0o1rI3s2QeG8uX4E", "SK", 1L, false))
                .setCategories(List.of("EMAIL", "VIEW_HISTORY"))
                .setProtection(Protection.RAW)
                .setRecordCount(12L)
                .setByteCount(3480L)
                .setOriginSite("dublin-1")
                .setOriginCountry("IE")
                .setDestinationCountry("CN")
                .setGatewayId("G-7")
                .setPurpose("support")
                .setCause("employee-locations/E-0011 effective 2024-11-04T00:00:00Z")
                .setEvidence(Evidence.newBuilder()
                        .setTopic("cloverwatch.access-events.v1")
                        .setPartition(3)
                        .setOffset(70412L)
                        .setPolicySha256("6e1f0d3c5b7a49281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0")
                        .setLocationEffectiveFrom(Instant.parse("2024-11-04T00:00:00Z"))
                        .setConsentEffectiveFrom(Instant.parse("2023-06-01T00:00:00Z"))
                        .setGatewayEffectiveFrom(Instant.parse("2024-01-01T00:00:00Z"))
                        .build())
                .setChain(new Chain("", 0L, ByteBuffer.allocate(0), ByteBuffer.allocate(0)))
                .build();
        HashChain.link(violation, "cloverwatch/3", 118, Sha256.of("the record before".getBytes(UTF_8)));
        return violation;
    }

    static Incident incident() {
        return new Incident(
                "9d0c1d53-7f0e-5a58-8a0e-0a6a7c1f4b11",
                "E-0011",
                List.of("DENIED_DESTINATION", "GATEWAY_NOT_APPROVED"),
                Severity.CRITICAL,
                Instant.parse("2024-11-05T09:14:07.120Z"),
                Instant.parse("2024-11-05T10:58:31.004Z"),
                10_000L,
                9_412L,
                31_870_220L,
                List.of("CN", "SG"),
                IncidentStatus.OPEN);
    }
}
