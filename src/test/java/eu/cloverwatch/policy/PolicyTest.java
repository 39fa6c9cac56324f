package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a policy answers is what its document says. */
class PolicyTest {

    private static final String REQUIRED = """
            policy_id: test
            effective_from: 2023-03-08T01:00:00.1239+01:00
            protected_residents: [DE, NO]
            region: [NO, IE]
            sites: [{id: paris, country: FR}]
            restricted_categories: [NAME, EMAIL]
            """;

    private static Policy policy(String... more) {
        return PolicyDocument.parse(REQUIRED + String.join("\n", more)).policy();
    }

    @Test
    void itKnowsItsDocument() {
        Policy policy = policy();

        assertThat(policy.policyId()).isEqualTo("test");
        assertThat(policy.effectiveFrom()).isEqualTo(Instant.parse("2023-03-08T00:00:00.123Z"));
        assertThat(policy.sha256()).isEqualTo(Sha256.hex(REQUIRED));
    }

    @Test
    void norwayIsACountryAndProtectionIsNotTheRegion() {
        Policy policy = policy();

        assertThat(List.of("DE", "NO", "IE", "FR")).filteredOn(policy::protects).containsExactly("DE", "NO");
        assertThat(List.of("DE", "NO", "IE", "FR")).filteredOn(policy::inRegion).containsExactly("NO", "IE");
    }

    @Test
    void whatIsNotWrittenIsTheDefault() {
        Policy policy = policy();

        assertThat(policy.isExempt(Protection.PUBLIC, List.of("NAME"))).isFalse();
        assertThat(policy.denies("CN", List.of("NAME"))).isFalse();
        assertThat(policy.requiresConsent("ADVERTISING")).isFalse();
        assertThat(policy.allowsMinorsEgress()).isFalse();
        assertThat(Rule.values())
                .allSatisfy(rule -> assertThat(policy.base(rule)).isEqualTo(rule.base()));
    }

    @Test
    void emptyRowsAreTheDefault() {
        Policy policy = policy("exempt: []", "denied: []", "consent_required_for: []", "severity: {}");

        assertThat(policy.isExempt(Protection.PUBLIC, List.of("NAME"))).isFalse();
        assertThat(policy.denies("CN", List.of("NAME"))).isFalse();
        assertThat(policy.requiresConsent("ADVERTISING")).isFalse();
        assertThat(policy.base(Rule.SITE_UNKNOWN)).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void oneRestrictedCategoryIsEnough() {
        Policy policy = policy();

        assertThat(policy.isRestricted(List.of("PUBLIC_VIDEO", "EMAIL"))).isTrue();
        assertThat(policy.isRestricted(List.of("PUBLIC_VIDEO"))).isFalse();
        assertThat(policy.isRestricted(List.of())).isFalse();
    }

    @Test
    void anExemptRowWithoutCategoriesExemptsAll() {
        Policy policy = policy("exempt: [{protection: [AGGREGATED, PUBLIC]}]");

        assertThat(policy.isExempt(Protection.PUBLIC, List.of("NAME"))).isTrue();
        assertThat(policy.isExempt(Protection.AGGREGATED, List.of("X"))).isTrue();
        assertThat(policy.isExempt(Protection.RAW, List.of("NAME"))).isFalse();
    }

    @Test
    void anExemptRowWithCategoriesAsksForAllOfTheEventsInOneRow() {
        Policy policy = policy(
                "exempt:", "  - {protection: [RAW], categories: [A, B]}", "  - {protection: [RAW], categories: [C]}");

        assertThat(policy.isExempt(Protection.RAW, List.of("A", "B"))).isTrue();
        assertThat(policy.isExempt(Protection.RAW, List.of("C"))).isTrue();
        assertThat(policy.isExempt(Protection.RAW, List.of("A", "C"))).isFalse();
        assertThat(policy.isExempt(Protection.PUBLIC, List.of("A"))).isFalse();
    }

    @Test
    void aDeniedRowAsksForTheCountryAndOneCategory() {
        Policy policy = policy("denied: [{destinations: [RU, BY], categories: [A, B]}]");

        assertThat(policy.denies("BY", List.of("X", "B"))).isTrue();
        assertThat(policy.denies("BY", List.of("X"))).isFalse();
        assertThat(policy.denies("CN", List.of("A"))).isFalse();
    }

    @Test
    void aDeniedRowMayNameTheRestrictedCategories() {
        Policy policy = PolicyDocument.parse("denied: [{destinations: [CN], categories: restricted}]\n" + REQUIRED)
                .policy();

        assertThat(policy.denies("CN", List.of("X", "NAME"))).isTrue();
        assertThat(policy.denies("CN", List.of("X"))).isFalse();
    }

    @Test
    void aDeniedRowMayBeForAnyDestinationOrCategory() {
        Policy destinations = policy("denied: [{destinations: any, categories: [A]}]");
        Policy categories = policy("denied: [{destinations: [CN], categories: any}]");

        assertThat(destinations.denies("IE", List.of("A"))).isTrue();
        assertThat(destinations.denies("IE", List.of("B"))).isFalse();
        assertThat(categories.denies("CN", List.of("B"))).isTrue();
        assertThat(categories.denies("IE", List.of("B"))).isFalse();
    }

    @Test
    void purposesMinorsAndSeveritiesAreAsWritten() {
        Policy policy = policy(
                "consent_required_for: [ADVERTISING, RESEARCH, ADVERTISING]",
                "minors: {egress: allow}",
                "severity: {GATEWAY_UNKNOWN: CRITICAL, SITE_UNKNOWN: LOW}");

        assertThat(policy.requiresConsent("RESEARCH")).isTrue();
        assertThat(policy.requiresConsent("SUPPORT")).isFalse();
        assertThat(policy.allowsMinorsEgress()).isTrue();
        assertThat(policy("minors: {egress: deny}").allowsMinorsEgress()).isFalse();
        assertThat(policy.base(Rule.GATEWAY_UNKNOWN)).isEqualTo(Severity.CRITICAL);
        assertThat(policy.base(Rule.SITE_UNKNOWN)).isEqualTo(Severity.LOW);
        assertThat(policy.base(Rule.MINOR_DATA_EGRESS)).isEqualTo(Severity.HIGH);
    }

    @Test
    void aListCanBeReferredTo() {
        Policy policy = PolicyDocument.parse(
                        REQUIRED.replace("residents: [", "residents: &eea [").replace("[NO, IE]", "*eea"))
                .policy();

        assertThat(policy.inRegion("DE")).isTrue();
        assertThat(policy.inRegion("IE")).isFalse();
    }

    @Test
    void quotedTextIsTextWhateverItLooksLike() {
        assertThat(PolicyDocument.parse(REQUIRED.replace("id: test", "id: \"7\""))
                        .policy()
                        .policyId())
                .isEqualTo("7");
        assertThat(PolicyDocument.parse(REQUIRED.replace("id: test", "id: 'null'"))
                        .policy()
                        .policyId())
                .isEqualTo("null");
        assertThat(PolicyDocument.parse(REQUIRED.replace("id: test", "id: !!str 7"))
                        .policy()
                        .policyId())
                .isEqualTo("7");
    }
}
