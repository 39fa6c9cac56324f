package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.audit.replay.Spilled;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.v1.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A result of a replay, put together as a test needs it. Starts with March 2025, complete, and nothing found. */
final class SampleReplay {

    static final Instant MADE_AT = Instant.parse("2025-04-02T09:30:00Z");
    static final String EVENTS = "cloverwatch.access-events.v1";

    private ReplayRequest request =
            new ReplayRequest(SampleViolations.FROM, SampleViolations.TO, null, List.of(), null, null);
    private long compliant = 1_234_567;
    private Spilled<Violation> violations = InMemory.of(List.of());
    private long found;
    private long undecidable;
    private List<Replayed.Loss> losses = List.of();
    private List<Replayed.Uncommitted> uncommitted = List.of();
    private List<Replayed.Rejected> rejected = List.of();
    private List<Replayed.Rejected> rejectedFacts = List.of();
    private List<Change> changes = List.of();
    private long duplicates;

    SampleReplay request(ReplayRequest asked) {
        request = asked;
        return this;
    }

    SampleReplay compliant(long accesses) {
        compliant = accesses;
        return this;
    }

    SampleReplay found(int number) {
        return found(number, 0);
    }

    /** @param open how many more are undecidable, after the others */
    SampleReplay found(int number, int open) {
        found = number;
        undecidable = open;
        violations = new InMemory<>(
                number + open, i -> i < number ? SampleViolations.violation(i) : SampleViolations.undecidable(i));
        return this;
    }

    SampleReplay found(Violation... these) {
        found = these.length;
        violations = InMemory.of(List.of(these));
        return this;
    }

    SampleReplay lost() {
        losses = List.of(new Replayed.Loss(EVENTS, 2, 48_211, Instant.parse("2025-03-09T04:12:00Z")));
        return this;
    }

    SampleReplay uncommitted() {
        uncommitted = List.of(new Replayed.Uncommitted(EVENTS, 1, 48_300, 48_311));
        return this;
    }

    SampleReplay rejected(int number) {
        rejected = IntStream.range(0, number)
                .mapToObj(SampleReplay::rejectedRecord)
                .toList();
        return this;
    }

    SampleReplay rejectedFacts(int number) {
        rejectedFacts = IntStream.range(0, number)
                .mapToObj(i -> new Replayed.Rejected(
                        new Origin("cloverwatch.consents.v1", i % 4, 900 + i, SampleViolations.FROM),
                        "grants: expected one answer for each purpose"))
                .toList();
        return this;
    }

    SampleReplay duplicates(long number) {
        duplicates = number;
        return this;
    }

    SampleReplay changes(Change.Kind kind, int number) {
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            all.add(SampleChanges.change(kind, i));
        }
        changes = all;
        return this;
    }

    private static Replayed.Rejected rejectedRecord(int i) {
        String reason = i % 3 == 0
                ? "subject.country: expected a country of ISO 3166-1"
                : "no record in the Confluent wire format";
        return new Replayed.Rejected(
                new Origin(EVENTS, i % 4, 5_000 + i, SampleViolations.FROM.plus(Duration.ofMinutes(i))), reason);
    }

    Replayed replayed() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        outcomes.put(Outcome.OUT_OF_SCOPE, compliant / 4);
        outcomes.put(Outcome.EXEMPT, compliant / 10);
        outcomes.put(Outcome.IN_REGION, compliant - compliant / 4 - compliant / 10 - compliant / 50);
        outcomes.put(Outcome.GATEWAY_APPROVED, compliant / 50);
        outcomes.put(Outcome.VIOLATION, found);
        outcomes.put(Outcome.UNDECIDABLE, undecidable);
        outcomes.put(Outcome.DUPLICATE, duplicates);
        outcomes.put(Outcome.REJECTED, (long) rejected.size());
        return new Replayed(
                request,
                outcomes,
                inputs(EVENTS, 4),
                inputs("cloverwatch.consents.v1", 4),
                List.of(new Replayed.PolicyInForce(
                        "eu-user-data",
                        SampleViolations.POLICY,
                        Instant.parse("2024-12-01T00:00:00Z"),
                        compliant + found)),
                rejected,
                reasons(rejected),
                rejectedFacts,
                reasons(rejectedFacts),
                losses,
                uncommitted,
                violations,
                InMemory.of(changes));
    }

    private static Map<String, Long> reasons(List<Replayed.Rejected> rejected) {
        return rejected.stream().collect(Collectors.groupingBy(Replayed.Rejected::reason, Collectors.counting()));
    }

    private static List<Replayed.Input> inputs(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToObj(i -> new Replayed.Input(topic, i, 40_000L + i, 348_000L + i, 308_001, Sha256.hex(topic + i)))
                .toList();
    }

    static ReportContext context() {
        return context(Instant.parse("2025-04-01T15:00:00Z"), false);
    }

    static ReportContext context(@Nullable Instant awareAt, boolean rangeOpen) {
        return new ReportContext(
                "0.1.0",
                List.of(
                        "cloverwatch",
                        "replay",
                        "--config",
                        "partner.properties",
                        "--from",
                        "2025-03-01T00:00:00Z",
                        "--to",
                        "2025-04-01T00:00:00Z",
                        "--out",
                        "report of march"),
                awareAt,
                MADE_AT,
                rangeOpen,
                Duration.ofMinutes(30));
    }
}
