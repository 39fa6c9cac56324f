package eu.cloverwatch.wire.ocsf;

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
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Records of any content that their schemas allow: what may be null is or is not, lists are empty or long, numbers extreme. */
final class RandomRecords {

    private static final List<String> TEXTS = List.of(
            "",
            "E-1",
            "a \"b\" \\ \u0000 \n\t c",
            "İstanbul ığ ß",
            "\uD83C\uDF40 数据",
            "half \uD83C of a pair",
            "x".repeat(5000));
    private static final List<Long> NUMBERS =
            List.of(0L, 1L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE + 1L, 42L);
    private static final List<Instant> TIMES = List.of(
            Instant.EPOCH,
            Instant.ofEpochMilli(-1),
            Instant.parse("0001-01-01T00:00:00Z"),
            Instant.parse("2024-10-27T01:00:00.001Z"),
            Instant.parse("9999-12-31T23:59:59.999Z"));
    private static final List<String> COUNTRIES = List.of("DE", "CN", "NO");

    private final SplittableRandom dice;

    RandomRecords(long seed) {
        dice = new SplittableRandom(seed);
    }

    Violation violation() {
        return Violation.newBuilder()
                .setViolationId(text())
                .setEventId(text())
                .setRevision(dice.nextBoolean() ? 0 : dice.nextInt(Integer.MAX_VALUE))
                .setStatus(one(ViolationStatus.values()))
                .setVerdict(one(Verdict.values()))
                .setSeverity(one(Severity.values()))
                .setOccurredAt(time())
                .setDetectedAt(time())
                .setFindings(list(this::finding))
                .setService(text())
                .setOperation(one(Operation.values()))
                .setActor(new ViolationActor(one(ActorType.values()), text(), orNull(this::country)))
                .setSubject(new ViolationSubject(
                        orNull(this::text), orNull(this::country), number(), orNull(dice::nextBoolean)))
                .setCategories(list(this::text))
                .setProtection(one(Protection.values()))
                .setRecordCount(number())
                .setByteCount(number())
                .setOriginSite(text())
                .setOriginCountry(orNull(this::country))
                .setDestinationCountry(orNull(this::country))
                .setGatewayId(orNull(this::text))
                .setPurpose(text())
                .setCause(orNull(this::text))
                .setEvidence(evidence())
                .setChain(new Chain(text(), number(), bytes(), bytes()))
                .build();
    }

    Incident incident() {
        return new Incident(
                text(),
                text(),
                list(this::text),
                one(Severity.values()),
                time(),
                time(),
                number(),
                number(),
                number(),
                list(this::country),
                one(IncidentStatus.values()));
    }

    Instant time() {
        return one(TIMES);
    }

    <T> T one(T[] choices) {
        return choices[dice.nextInt(choices.length)];
    }

    private Evidence evidence() {
        return Evidence.newBuilder()
                .setTopic(text())
                .setPartition(dice.nextInt(64))
                .setOffset(number())
                .setPolicySha256(dice.nextBoolean() ? "" : "ab".repeat(32))
                .setLocationEffectiveFrom(orNull(this::time))
                .setConsentEffectiveFrom(orNull(this::time))
                .setGatewayEffectiveFrom(orNull(this::time))
                .build();
    }

    private Finding finding() {
        return new Finding(text(), one(Severity.values()), text(), list(this::text), text());
    }

    private ByteBuffer bytes() {
        byte[] bytes = new byte[dice.nextBoolean() ? 0 : 32];
        dice.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }

    private String text() {
        return one(TEXTS);
    }

    private String country() {
        return one(COUNTRIES);
    }

    private long number() {
        return one(NUMBERS);
    }

    private <T> T one(List<T> choices) {
        return choices.get(dice.nextInt(choices.size()));
    }

    private <T> List<T> list(Supplier<T> of) {
        return Stream.generate(of).limit(dice.nextInt(4)).toList();
    }

    private <T> @Nullable T orNull(Supplier<T> of) {
        return dice.nextBoolean() ? null : of.get();
    }
}
