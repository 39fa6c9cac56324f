package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationActor;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.v1.ViolationSubject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Violations that might have happened in March 2025; each a function of its number. */
final class SampleViolations {

    static final Instant FROM = Instant.parse("2025-03-01T00:00:00Z");
    static final Instant TO = Instant.parse("2025-04-01T00:00:00Z");
    static final String POLICY = Sha256.hex("policy");

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private static final List<String> RECIPIENTS =
            List.of("SG", "US", "JP", "SG", "MY", "US", "KR", "BR", "CN", "PH", "IL", "CA", "SG");
    private static final List<String> RESIDENCES =
            List.of("DE", "FR", "IT", "ES", "PL", "GB", "NL", "SE", "IE", "NO", "BE", "AT", "CH", "PT");
    private static final List<String> SITES = List.of("dublin-1", "hamar-1", "kouvola-1", "dublin-1");
    private static final List<String> SITE_COUNTRIES = List.of("IE", "NO", "FI", "IE");
    private static final List<String> SERVICES =
            List.of("support-desk", "feed-ranking", "ads-measurement", "trust-review");
    private static final List<String> CATEGORIES = List.of(
            "EMAIL",
            "PHONE_NUMBER",
            "IP_ADDRESS",
            "PRIVATE_VIDEO",
            "VIEW_HISTORY",
            "PRECISE_LOCATION",
            "DIRECT_MESSAGE");
    private static final List<String> PURPOSES =
            List.of("customer-support", "ranking-research", "ADVERTISING", "moderation");

    private SampleViolations() {}

    /** A violation; of three, two belong to a burst of one of a few actors. */
    static Violation violation(int number) {
        SplittableRandom dice = new SplittableRandom(number);
        boolean burst = number % 3 != 0;
        int who = burst ? number / 3 % 4 : dice.nextInt(40);
        Instant at = burst
                ? FROM.plus(Duration.ofDays(3 + 7L * who)).plusMillis(dice.nextInt(6 * 3_600_000))
                : FROM.plusMillis(dice.nextLong(Duration.between(FROM, TO).toMillis()));
        String recipient = RECIPIENTS.get(burst ? who : dice.nextInt(RECIPIENTS.size()));
        List<Finding> findings = findings(dice, recipient, "E-" + (1000 + who));
        Severity severity = findings.get(0).getSeverity();
        return base(dice, number, at, "E-" + (1000 + who), recipient)
                .setVerdict(Verdict.VIOLATION)
                .setSeverity(severity)
                .setFindings(findings)
                .setDestinationCountry(recipient)
                .build();
    }

    /** An access of which cannot be said where the employee was. */
    static Violation undecidable(int number) {
        SplittableRandom dice = new SplittableRandom(~number);
        Instant at = FROM.plusMillis(dice.nextLong(Duration.between(FROM, TO).toMillis()));
        String actor = "E-" + (1100 + dice.nextInt(5));
        return base(dice, number, at, actor, null)
                .setVerdict(Verdict.UNDECIDABLE)
                .setSeverity(Severity.MEDIUM)
                .setFindings(List.of(finding(
                        "ACTOR_LOCATION_UNKNOWN",
                        Severity.MEDIUM,
                        "where " + actor + " was is not known",
                        "report the location of " + actor)))
                .setDestinationCountry(null)
                .build();
    }

    private static List<Finding> findings(SplittableRandom dice, String recipient, String actor) {
        if (recipient.equals("CN")) {
            return List.of(
                    finding(
                            "DENIED_DESTINATION",
                            Severity.CRITICAL,
                            "EMAIL reached CN (location of " + actor + "), where the"
                                    + " policy allows it through no gateway",
                            "keep EMAIL out of CN"),
                    without(recipient, actor, Severity.HIGH));
        }
        return switch (dice.nextInt(5)) {
            case 0 ->
                List.of(finding(
                        "GATEWAY_NOT_APPROVED",
                        Severity.HIGH,
                        "approval G-7 expired 2025-02-28T00:00:00Z and data reached " + recipient + " (location of "
                                + actor + ")",
                        "renew approval G-7, which expired 2025-02-28T00:00:00Z"));
            case 1 ->
                List.of(finding(
                        "GATEWAY_SCOPE_EXCEEDED",
                        Severity.MEDIUM,
                        "data reached " + recipient + " (location of " + actor
                                + "), but gateway G-2 is not approved for purpose" + " ranking-research",
                        "extend approval G-2 to purpose ranking-research, or use a gateway approved for it"));
            case 2 ->
                List.of(
                        without(recipient, actor, Severity.CRITICAL),
                        finding(
                                "MINOR_DATA_EGRESS",
                                Severity.HIGH,
                                "a minor's data reached " + recipient + " (location of " + actor + ")",
                                "keep minors' data in the region"));
            default -> List.of(without(recipient, actor, Severity.HIGH));
        };
    }

    private static Finding without(String recipient, String actor, Severity severity) {
        return finding(
                "EGRESS_WITHOUT_GATEWAY",
                severity,
                "EMAIL, PHONE_NUMBER reached " + recipient + " (location of " + actor + ") through no gateway",
                "pass through a gateway approved for " + recipient);
    }

    static Finding finding(String rule, Severity severity, String message, String remedy) {
        return new Finding(rule, severity, message, List.of("programme", "GDPR Art. 44"), remedy);
    }

    private static Violation.Builder base(
            SplittableRandom dice, int number, Instant at, String actor, @Nullable String actorCountry) {
        String eventId = String.format(Locale.ROOT, "ev-%08d", number);
        boolean bulk = dice.nextInt(12) == 0;
        int site = dice.nextInt(SITES.size());
        return Violation.newBuilder()
                .setViolationId(ViolationIds.of(eventId).toString())
                .setEventId(eventId)
                .setRevision(0)
                .setStatus(ViolationStatus.OPEN)
                .setOccurredAt(at)
                .setDetectedAt(Instant.EPOCH)
                .setService(one(dice, SERVICES))
                .setOperation(dice.nextInt(4) == 0 ? Operation.EXPORT : Operation.READ)
                .setActor(new ViolationActor(ActorType.EMPLOYEE, actor, actorCountry))
                .setSubject(new ViolationSubject(
                        bulk ? null : pseudonym(dice.nextInt(30_000)),
                        one(dice, RESIDENCES),
                        bulk ? 20L + dice.nextInt(500) : 1L,
                        dice.nextInt(20) == 0 ? true : null))
                .setCategories(List.of(one(dice, CATEGORIES), "EMAIL"))
                .setProtection(Protection.RAW)
                .setRecordCount(1 + dice.nextInt(200))
                .setByteCount(400 + dice.nextInt(90_000))
                .setOriginSite(SITES.get(site))
                .setOriginCountry(SITE_COUNTRIES.get(site))
                .setGatewayId(null)
                .setPurpose(one(dice, PURPOSES))
                .setCause(null)
                .setEvidence(Evidence.newBuilder()
                        .setTopic("cloverwatch.access-events.v1")
                        .setPartition(number % 4)
                        .setOffset(70_000L + number)
                        .setPolicySha256(POLICY)
                        .setLocationEffectiveFrom(FROM.minus(Duration.ofDays(dice.nextInt(60))))
                        .setConsentEffectiveFrom(null)
                        .setGatewayEffectiveFrom(null)
                        .build())
                .setChain(new Chain("", 0L, NOTHING, NOTHING));
    }

    private static String pseudonym(int subject) {
        return "k1:"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Sha256.of(("subject-" + subject).getBytes(StandardCharsets.UTF_8)));
    }

    private static <T> T one(SplittableRandom dice, List<T> choices) {
        return choices.get(dice.nextInt(choices.size()));
    }
}
