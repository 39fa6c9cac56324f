package eu.cloverwatch.audit;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ids, duplicates and records that are refused; what the judge says is held elsewhere, and by the cases. */
class CheckTest {

    private static final String POLICY = """
            policy_id: test
            effective_from: 2024-01-01T00:00:00Z
            protected_residents: [DE]
            region: [DE]
            sites: [{id: home, country: DE, enclave: [{from: 2024-01-01T00:00:00Z}]}]
            restricted_categories: [EMAIL]
            exempt: [{protection: [PUBLIC]}]
            """;
    private static final String LEAVES = """
            {"event_id": "e-1", "occurred_at": "2024-06-05T09:00:00Z", "service": "s", "operation": "EXPORT", \
            "actor": {"type": "SERVICE", "id": "a"}, "subject": {"id": "S-1", "country": "DE"}, \
            "categories": ["EMAIL"], "protection": "PSEUDONYMISED", "record_count": 1, "byte_count": 1, \
            "origin_site": "home", "destination": {"country": "US"}, "purpose": "p"}""";
    private static final String STAYS = LEAVES.replace("{\"country\": \"US\"}", "{}");
    private static final String APPROVED = LEAVES.replace("\"purpose\"", "\"gateway\": {\"id\": \"G\"}, \"purpose\"");
    private static final String GATEWAY = """
            {"gateway_id": "G", "site": "home", "status": "APPROVED", "approved_by": "p", \
            "effective_from": "2024-01-01T00:00:00Z", "recorded_at": "2024-01-01T00:00:00Z", "destinations": ["US"], \
            "categories": ["*"], "purposes": ["*"], "reviewed_builds": []}""";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private final List<String> problems = new ArrayList<>();

    private Check.Result check(String... events) throws IOException {
        Files.write(directory.resolve("access-events.ndjson"), List.of(events));
        return checkDirectory(POLICY);
    }

    private Check.Result checkDirectory(String policies) throws IOException {
        return Check.run(new ScenarioDirectory(directory), PolicyDocument.parseAll(policies), problems::add);
    }

    /** The outcomes that occur. */
    private static Map<Outcome, Long> occurring(Check.Result result) {
        return result.outcomes().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private String place(int line) {
        return directory.resolve("access-events.ndjson") + ":" + line + ": rejected: ";
    }

    @Test
    void anEmptyDirectoryHasAllEightOutcomesAtZero() throws IOException {
        Check.Result result = checkDirectory(POLICY);

        assertThat(result.outcomes())
                .containsOnlyKeys(Outcome.values())
                .allSatisfy((outcome, count) -> assertThat(count).isZero());
        assertThat(result.verdicts()).isEmpty();
        assertThat(problems).isEmpty();
    }

    @Test
    void theSameEventAgainIsADuplicateHoweverItIsWritten() throws IOException {
        String otherwise = LEAVES.replace("2024-06-05T09:00:00Z", "2024-06-05T11:00:00.0009+02:00")
                .replace("\"purpose\"", "\"gateway\": null, \"future\": [1], \"purpose\"");
        Check.Result result = check(LEAVES, LEAVES, otherwise);

        assertThat(occurring(result)).isEqualTo(Map.of(Outcome.VIOLATION, 1L, Outcome.DUPLICATE, 2L));
        assertThat(result.verdicts()).hasSize(1);
        assertThat(problems).isEmpty();
    }

    @Test
    void anIdWithOtherContentIsRejectedAndTheFirstStands() throws IOException {
        Check.Result result = check(APPROVED, LEAVES, APPROVED);

        assertThat(result.verdicts())
                .extracting(FinalVerdict::rules)
                .containsExactly(new TreeSet<>(List.of("GATEWAY_UNKNOWN")));
        assertThat(occurring(result))
                .isEqualTo(Map.of(Outcome.VIOLATION, 1L, Outcome.REJECTED, 1L, Outcome.DUPLICATE, 1L));
        assertThat(problems)
                .containsExactly(
                        place(2) + "event_id: expected a new id, this one was used by an event with other content");
    }

    @Test
    void theIdOfAnApprovedEventIsRemembered() throws IOException {
        Files.writeString(directory.resolve("gateways.ndjson"), GATEWAY);
        Check.Result result = check(APPROVED, LEAVES, APPROVED);

        assertThat(occurring(result))
                .isEqualTo(Map.of(Outcome.GATEWAY_APPROVED, 1L, Outcome.REJECTED, 1L, Outcome.DUPLICATE, 1L));
        assertThat(result.verdicts()).isEmpty();
    }

    @Test
    void whatEndsOtherwiseLeavesNoTrace() throws IOException {
        String exempt = LEAVES.replace("PSEUDONYMISED", "PUBLIC");
        String elsewhere = LEAVES.replace("\"country\": \"DE\"", "\"country\": \"JP\"");

        assertThat(occurring(check(STAYS, STAYS, exempt, elsewhere, LEAVES, exempt, elsewhere, STAYS)))
                .isEqualTo(Map.of(
                        Outcome.IN_REGION, 3L, Outcome.EXEMPT, 2L, Outcome.OUT_OF_SCOPE, 2L, Outcome.VIOLATION, 1L));
    }

    @Test
    void idsAreRememberedBySubjectAndForBulkAccessesTogether() throws IOException {
        String other = LEAVES.replace("S-1", "S-2");
        String bulk = LEAVES.replace("\"id\": \"S-1\", ", "");
        Check.Result result = check(LEAVES, other, bulk, bulk, bulk.replace("EMAIL", "NAME"));

        assertThat(occurring(result))
                .isEqualTo(Map.of(Outcome.VIOLATION, 3L, Outcome.DUPLICATE, 1L, Outcome.REJECTED, 1L));
    }

    @Test
    void aRejectedRecordDoesNotTakeItsId() throws IOException {
        Check.Result result = check(LEAVES.replace("\"record_count\": 1", "\"record_count\": -1"), LEAVES);

        assertThat(occurring(result)).isEqualTo(Map.of(Outcome.REJECTED, 1L, Outcome.VIOLATION, 1L));
        assertThat(problems).containsExactly(place(1) + "record_count: expected a number that is not negative");
    }

    @Test
    void everyLineThatIsNoEventIsRejectedWithItsPlace() throws IOException {
        Check.Result result =
                check("no JSON", "", "{\"key\": \"a\", \"tombstone_at\": \"2024-06-05T09:00:00Z\"}", "{}", STAYS);

        assertThat(occurring(result)).isEqualTo(Map.of(Outcome.REJECTED, 3L, Outcome.IN_REGION, 1L));
        assertThat(problems)
                .containsExactly(
                        place(1) + "not JSON, column 1",
                        place(3) + "an access event cannot be a tombstone",
                        place(4) + "event_id: expected a value, the field is missing");
    }

    @Test
    void anInvalidFactPlaysNoPartAndIsShown() throws IOException {
        Path gateways = directory.resolve("gateways.ndjson");
        Files.write(gateways, List.of(GATEWAY.replace("\"US\"", "\"USA\""), GATEWAY.replace("\"US\"", "\"JP\""), "{}"));
        Check.Result result = check(APPROVED);

        assertThat(result.verdicts())
                .extracting(FinalVerdict::rules)
                .containsExactly(new TreeSet<>(List.of("GATEWAY_SCOPE_EXCEEDED")));
        assertThat(problems)
                .containsExactly(
                        gateways
                                + ":1: rejected: destinations[0]: expected an ISO 3166-1 alpha-2 country code in capitals",
                        gateways + ":3: rejected: gateway_id: expected a value, the field is missing");
    }

    @Test
    void noProblemTellsASubjectsId() throws IOException {
        check(
                LEAVES.replace("S-1", "S-secret\\ud83d"),
                LEAVES.replace("\"S-1\"", "[\"S-secret\"]"),
                LEAVES.replace("\"S-1\"", "\"S-secret"));

        assertThat(problems).hasSize(3).noneMatch(problem -> problem.contains("secret"));
    }

    @Test
    void aPolicyIsInForceFromTheLaterOfItsTimesAndTheLastInForceCounts() throws IOException {
        String second = POLICY.replace("region: [DE]", "region: [DE, US]").replace("policy_id: test", "policy_id: b");
        Files.writeString(directory.resolve("access-events.ndjson"), LEAVES);

        assertThat(occurring(checkDirectory(POLICY + "---\n" + second + "recorded_at: 2024-06-05T09:00:00Z\n")))
                .containsOnlyKeys(Outcome.IN_REGION);
        assertThat(occurring(checkDirectory(POLICY + "---\n" + second + "recorded_at: 2024-06-05T09:00:01Z\n")))
                .containsOnlyKeys(Outcome.VIOLATION);
        assertThat(occurring(checkDirectory(POLICY + "---\n" + second)))
                .as("of two alike the later arrival")
                .containsOnlyKeys(Outcome.IN_REGION);
        assertThat(occurring(checkDirectory(second + "---\n" + POLICY))).containsOnlyKeys(Outcome.VIOLATION);
        assertThat(occurring(checkDirectory(second + "recorded_at: 2023-06-05T09:00:00Z\n---\n" + POLICY
                        + "recorded_at: 2023-01-01T00:00:00Z\n")))
                .as("of two in force at once the one recorded later")
                .containsOnlyKeys(Outcome.IN_REGION);
        assertThat(occurring(checkDirectory(POLICY.replace("from: 2024-01-01", "from: 2024-07-01"))))
                .containsOnlyKeys(Outcome.UNDECIDABLE);
    }

    @Test
    void verdictsAreOrderedByEventId() throws IOException {
        Check.Result result = check(
                LEAVES.replace("e-1", "b"),
                LEAVES.replace("e-1", "\uD83D\uDE00"),
                LEAVES.replace("e-1", "\uFF5E"),
                LEAVES.replace("e-1", "B"));

        assertThat(result.verdicts())
                .extracting(FinalVerdict::eventId)
                .containsExactly("B", "b", "\uFF5E", "\uD83D\uDE00");
    }
}
