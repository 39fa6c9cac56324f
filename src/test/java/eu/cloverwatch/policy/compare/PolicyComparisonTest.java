package eu.cloverwatch.policy.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.PolicyDocument;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyComparisonTest {

    private static final String POLICY = """
            policy_id: test
            effective_from: 2024-01-01T00:00:00Z
            protected_residents: [DE]
            region: [DE]
            sites:
              - {id: dublin, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}
              - {id: interim, country: US, enclave: [{from: 2023-03-08T00:00:00Z, until: 2025-01-01T00:00:00Z}]}
            restricted_categories: [NAME]
            exempt:
              - {protection: [PSEUDONYMISED], categories: [PUBLIC_VIDEO]}
            denied:
              - {destinations: [CN], categories: restricted}
            minors: {egress: deny}
            """;

    private static Policy policy(String text) {
        return PolicyDocument.parse(text).policy();
    }

    private static PolicyComparison compare(String right, String changed) {
        assertThat(POLICY).contains(right);
        return PolicyComparison.of(policy(POLICY), policy(POLICY.replace(right, changed)));
    }

    private static List<String> endings(PolicyComparison comparison) {
        return comparison.classes().stream()
                .map(events -> events.before() + " " + events.after() + " "
                        + events.rules().stream()
                                .map(change -> change.kind() + " " + change.rule())
                                .collect(Collectors.joining(", ")))
                .distinct()
                .toList();
    }

    @Test
    void aPolicyIsLikeItself() {
        PolicyComparison comparison = PolicyComparison.of(policy(POLICY), policy(POLICY + "# the same\n"));

        assertThat(comparison.isSame()).isTrue();
        assertThat(comparison.classes()).isEmpty();
        assertThat(comparison.different()).isZero();
        assertThat(comparison.situations()).isGreaterThan(1_000);
    }

    @Test
    void whatDoesNotChangeAnyJudgementIsNoDifference() {
        assertThat(compare("policy_id: test", "policy_id: other").isSame()).isTrue();
        assertThat(compare("2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z").isSame())
                .isTrue();
        assertThat(compare(
                                "[CN], categories: restricted}",
                                "[CN], categories: [NAME]}\n  - {destinations: [CN], categories: [NAME]}")
                        .isSame())
                .isTrue();
        assertThat(compare("minors:", "never: [{destinations: [CN], categories: restricted}]\nminors:")
                        .isSame())
                .isTrue();
    }

    @Test
    void aCountryThatIsNoLongerDeniedIsNamedWithItsDataAndGateway() {
        PolicyComparison comparison = compare("[CN]", "[RU]");

        EventClass freed = comparison.classes().stream()
                .filter(events -> events.before() == Outcome.VIOLATION && events.after() == Outcome.GATEWAY_APPROVED)
                .collect(Collectors.collectingAndThen(Collectors.toList(), all -> all.get(0)));
        assertThat(freed.rules())
                .containsExactly(new RuleChange(Rule.DENIED_DESTINATION, RuleChange.Kind.NO_LONGER_FOUND));
        assertThat(freed.conditions())
                .containsEntry("movement", List.of("sent to or read by an employee in CN"))
                .containsEntry(
                        "data",
                        List.of("RAW, UNKNOWN, PSEUDONYMISED, AGGREGATED, PUBLIC of NAME, alone or with others"))
                .containsEntry("age", List.of("an adult"))
                .containsEntry("gateway", List.of("an approved gateway"))
                .doesNotContainKeys("consent", "purpose");
        assertThat(endings(comparison))
                .startsWith(
                        "GATEWAY_APPROVED VIOLATION NEWLY_FOUND DENIED_DESTINATION",
                        "VIOLATION GATEWAY_APPROVED NO_LONGER_FOUND DENIED_DESTINATION");
    }

    @Test
    void aSeverityAloneIsADifferenceOfItsRule() {
        PolicyComparison comparison = compare("minors:", "severity: {GATEWAY_UNKNOWN: LOW}\nminors:");

        assertThat(endings(comparison)).containsExactly("VIOLATION VIOLATION MILDER GATEWAY_UNKNOWN");
        assertThat(comparison.classes())
                .allSatisfy(events -> assertThat(events.conditions())
                        .containsEntry("gateway", List.of("a gateway without approval")));
    }

    @Test
    void aBorderThatMovesIsNamedWithItsTimes() {
        PolicyComparison comparison = compare("until: 2025-01-01T00:00:00Z", "until: 2025-02-01T00:00:00Z");

        assertThat(comparison.classes())
                .isNotEmpty()
                .allSatisfy(events -> assertThat(events.conditions().get("movement"))
                        .asString()
                        .contains("interim from 2025-01-01T00:00:00Z until 2025-02-01T00:00:00Z"));
        assertThat(comparison.classes())
                .allSatisfy(events ->
                        assertThat(events.example().event().occurredAt()).isEqualTo("2025-01-01T00:00:00Z"));
    }

    @Test
    void aSiteThatIsTakenFromTheListIsFoundAtItsOriginToo() {
        PolicyComparison comparison =
                compare("  - {id: dublin, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}\n", "");

        assertThat(endings(comparison))
                .anyMatch(ending -> ending.matches("IN_REGION UNDECIDABLE .*NEWLY_FOUND SITE_UNKNOWN.*"));
    }

    @Test
    void dataThatIsNoLongerExemptIsJudged() {
        assertThat(endings(compare("[PSEUDONYMISED], categories: [PUBLIC_VIDEO]", "[PUBLIC]")))
                .contains("EXEMPT IN_REGION ", "IN_REGION EXEMPT ");
    }

    @Test
    void residentsNoLongerProtectedAreOutOfScope() {
        PolicyComparison comparison = compare("protected_residents: [DE]", "protected_residents: [DE, PL]");

        assertThat(endings(comparison)).contains("OUT_OF_SCOPE IN_REGION ", "OUT_OF_SCOPE GATEWAY_APPROVED ");
        assertThat(comparison.classes())
                .allSatisfy(events -> assertThat(events.conditions()).containsEntry("residence", List.of("PL")));
    }

    @Test
    void theExampleOfAClassIsJudgedAsTheClassSays() {
        String other = POLICY.replace("region: [DE]", "region: [JP]").replace("deny", "allow");
        PolicyComparison comparison = PolicyComparison.of(policy(POLICY), policy(other));

        assertThat(comparison.classes()).isNotEmpty().allSatisfy(events -> {
            assertThat(events.example().judgedBy(policy(POLICY)).outcome()).isEqualTo(events.before());
            assertThat(events.example().judgedBy(policy(other)).outcome()).isEqualTo(events.after());
            assertThat(events.situations()).isPositive();
        });
    }

    @Test
    void aSiteInTwoCountriesIsJudgedWithApprovalsForOneOfThem() {
        String far = POLICY.replace("minors:", "# end\nminors:");
        PolicyComparison comparison = PolicyComparison.of(
                policy(far.replace("country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]", "country: JP")),
                policy(far.replace("country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]", "country: KR")));

        List<EventClass> exceeded = comparison.classes().stream()
                .filter(events ->
                        events.rules().stream().anyMatch(change -> change.rule() == Rule.GATEWAY_SCOPE_EXCEEDED))
                .toList();
        assertThat(exceeded).extracting(EventClass::before).contains(Outcome.GATEWAY_APPROVED, Outcome.VIOLATION);
        assertThat(exceeded.get(0).conditions())
                .containsEntry("gateway", List.of("a gateway approved for one of two countries"));
    }

    @Test
    void sitesThatNoPolicySharesAreComparedToo() {
        PolicyComparison comparison = PolicyComparison.of(
                policy(POLICY),
                policy(POLICY.replace("id: dublin", "id: other-1").replace("id: interim", "id: other-2")));

        assertThat(endings(comparison))
                .anyMatch(ending -> ending.matches("IN_REGION UNDECIDABLE .*NEWLY_FOUND SITE_UNKNOWN.*"))
                .anyMatch(ending -> ending.matches("UNDECIDABLE IN_REGION .*NO_LONGER_FOUND SITE_UNKNOWN.*"));
    }

    @Test
    void findingsOfAnExampleAreThoseOfTheJudge() {
        Situation example = compare("[CN]", "[RU]").classes().get(0).example();

        assertThat(example.judgedBy(policy(POLICY.replace("[CN]", "[RU]"))).findings())
                .extracting(Finding::rule)
                .containsExactly(Rule.DENIED_DESTINATION);
        assertThat(example.toString())
                .contains("NAME, RAW, of an adult living in DE")
                .contains("sent to RU, at");
    }

    @Test
    void policiesThatTellTooMuchApartAreRefused() {
        String rows = IntStream.range(0, 13)
                .mapToObj(i -> "  - {destinations: [%s], categories: [CATEGORY_%d]}%n"
                        .formatted(List.of(Locale.getISOCountries()).get(i), i))
                .collect(Collectors.joining());
        String many = POLICY.replace("minors:", rows + "minors:");

        assertThatThrownBy(() -> PolicyComparison.of(policy(POLICY), policy(many)))
                .isInstanceOf(TooManySituationsException.class)
                .hasMessageContaining("expected policies that tell at most 20,000,000 situations apart");
    }
}
