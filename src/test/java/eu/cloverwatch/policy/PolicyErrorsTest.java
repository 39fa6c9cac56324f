package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a policy is said with the line, and what was expected. */
class PolicyErrorsTest {

    private static final String GOOD = """
            policy_id: test
            effective_from: 2023-03-08T00:00:00Z
            protected_residents: [DE, NO]
            region: [DE, NO, FR]
            sites:
              - id: dublin
                country: IE
                enclave:
                  - {from: 2023-01-01T00:00:00Z, until: 2024-01-01T00:00:00Z}
                  - {from: 2024-01-01T00:00:00Z}
              - {id: singapore, country: SG, legacy_until: 2024-12-31T00:00:00Z}
            restricted_categories: [NAME]
            exempt:
              - {protection: [PUBLIC], categories: [PUBLIC_VIDEO]}
            denied:
              - {destinations: [CN], categories: restricted}
            consent_required_for: [ADVERTISING]
            minors: {egress: deny}
            severity: {SITE_UNKNOWN: LOW}
            never:
              - {categories: [EMAIL], destinations: [RU], without: [gateway]}
            """;
    private static final String KEYS = "policy_id, effective_from, recorded_at, protected_residents, region, sites,"
            + " restricted_categories, exempt, denied, consent_required_for, minors, severity, never";
    private static final String TIME = "expected a time as YYYY-MM-DDThh:mm:ss with Z or an offset";
    private static final String COUNTRY = "expected an ISO 3166-1 alpha-2 code in capitals";

    @Test
    void thePolicyThatTheCasesBreakIsGood() {
        assertThat(PolicyDocument.parse(GOOD).policy().policyId()).isEqualTo("test");
    }

    @ParameterizedTest
    @MethodSource("keys")
    @MethodSource("values")
    @MethodSource("rows")
    @MethodSource("yaml")
    void aWrongPolicyIsRefusedWithLineAndReason(String right, String wrong, String message) {
        assertThat(GOOD).contains(right);
        assertThatThrownBy(() -> PolicyDocument.parse(GOOD.replace(right, wrong)))
                .isInstanceOf(PolicyException.class)
                .hasMessage(message);
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                wrong(
                        "consent_required_for",
                        "consent_requird_for",
                        17,
                        "unknown key 'consent_requird_for'; did you mean 'consent_required_for'?"),
                wrong("exempt:", "zzz:", 13, "unknown key 'zzz'; expected " + KEYS),
                wrong(
                        "country: IE",
                        "land: IE",
                        6,
                        "key 'country' is missing\nline 7: unknown key 'land'; expected id, country, enclave, legacy_until"),
                wrong(
                        "{from: 2023-01-01T00:00:00Z, until",
                        "{from: 2023-01-01T00:00:00Z, till",
                        9,
                        "unknown key 'till'; expected from, until"),
                wrong("{from: 2024-01-01T00:00:00Z}", "{until: 2024-01-01T00:00:00Z}", 10, "key 'from' is missing"),
                wrong(
                        "{protection",
                        "{protections",
                        14,
                        "unknown key 'protections'; did you mean 'protection'?\nline 14: key 'protection' is missing"),
                wrong("{destinations: [CN], ", "{", 16, "key 'destinations' is missing"),
                wrong(", categories: restricted", "", 16, "key 'categories' is missing"),
                wrong("{egress: deny}", "{}", 18, "key 'egress' is missing"),
                wrong("SITE_UNKNOWN", "SITE_UNKOWN", 19, "unknown rule 'SITE_UNKOWN'; did you mean 'SITE_UNKNOWN'?"),
                wrong("policy_id: test\n", "", 1, "key 'policy_id' is missing"),
                wrong("effective_from: 2023-03-08T00:00:00Z\n", "", 1, "key 'effective_from' is missing"),
                wrong("protected_residents: [DE, NO]\n", "", 1, "key 'protected_residents' is missing"),
                wrong("region: [DE, NO, FR]\n", "", 1, "key 'region' is missing"),
                wrong("restricted_categories: [NAME]\n", "", 1, "key 'restricted_categories' is missing"),
                wrong("minors:", "region: [DE]\nminors:", 18, "key 'region' is there twice, first in line 4"),
                wrong("LOW", "LOW, SITE_UNKNOWN: HIGH", 19, "rule 'SITE_UNKNOWN' is there twice, first in line 19"),
                wrong("policy_id", "<<: {region: [AT]}\npolicy_id", 1, "unknown key '<<'; expected " + KEYS),
                wrong("minors:", "? [a]\n: b\nminors:", 18, "expected text, but found a list"),
                wrong("minors:", "1:", 18, "expected text, but found a number; quote it: '1'"));
    }

    static Stream<Arguments> values() {
        return Stream.of(
                wrong("[ADVERTISING]", "", 17, "key 'consent_required_for' has no value"),
                wrong("id: test", "id: null", 1, "key 'policy_id' has no value"),
                wrong("id: test", "id: ~", 1, "key 'policy_id' has no value"),
                wrong("country: IE", "country:", 7, "key 'country' has no value"),
                wrong(": LOW", ":", 19, "rule 'SITE_UNKNOWN' has no value"),
                wrong("id: test", "id: ''", 1, "expected text, but found only quotes"),
                wrong("id: test", "id: ' '", 1, "expected text, but found only quotes"),
                wrong("id: test", "id: \"\\ud800\"", 1, "expected Unicode text, not half a surrogate pair"),
                wrong("id: test", "id: 7", 1, "expected text, but found a number; quote it: '7'"),
                wrong("id: test", "id: 1.5", 1, "expected text, but found a number; quote it: '1.5'"),
                wrong("id: test", "id: true", 1, "expected text, but found true or false; quote it: 'true'"),
                wrong("id: test", "id: !x y", 1, "expected text, but found a value of type !x; quote it: 'y'"),
                wrong("id: test", "id: [test]", 1, "expected text, but found a list"),
                wrong("id: test", "id: {a: b}", 1, "expected text, but found keys with values"),
                wrong("[ADVERTISING]", "ADVERTISING", 17, "expected a list, but found text"),
                wrong("[ADVERTISING]", "!x [ADVERTISING]", 17, "expected a list, but found a value of type !x"),
                wrong("[ADVERTISING]", "[null]", 17, "expected text, but found no value"),
                wrong("{egress: deny}", "deny", 18, "expected keys with values, but found text"),
                wrong(
                        "{egress: deny}",
                        "!x {egress: deny}",
                        18,
                        "expected keys with values, but found a value of type !x"),
                wrong("[DE, NO]", "[]", 3, "expected a list with at least one item"),
                wrong("[DE, NO, FR]", "[]", 4, "expected a list with at least one item"),
                wrong("[NAME]", "[]", 12, "expected a list with at least one item"),
                wrong("[DE, NO]", "[DE, no]", 3, "unknown country 'no'; " + COUNTRY),
                wrong(
                        "FR]",
                        "EU,\n XX]",
                        4,
                        "unknown country 'EU'; " + COUNTRY + "\nline 5: unknown country 'XX'; " + COUNTRY),
                wrong("2023-03-08T00:00:00Z", "2023-03-08", 2, TIME + ", but found '2023-03-08'"),
                wrong("2023-03-08T00:00:00Z", "2023-03-08T00:00:00", 2, TIME + ", but found '2023-03-08T00:00:00'"),
                wrong(
                        "2023-03-08T00:00:00Z",
                        "2023-02-30T00:00:00Z",
                        2,
                        "expected a time that exists, but found '2023-02-30T00:00:00Z'"),
                wrong(
                        "2023-03-08T00:00:00Z",
                        "2023-03-08T00:00:00Z\nrecorded_at: soon",
                        3,
                        TIME + ", but found 'soon'"),
                wrong("[NAME]", "[any]", 12, "'any' is not a category; it stands alone, not in a list"),
                wrong("egress: deny", "egress: maybe", 18, "unknown egress 'maybe'; expected deny, allow"),
                wrong("LOW", "FATAL", 19, "unknown severity 'FATAL'; expected INFO, LOW, MEDIUM, HIGH, CRITICAL"),
                wrong(
                        "DE, NO]",
                        "\"" + "x".repeat(61) + "\"]",
                        3,
                        "unknown country '" + "x".repeat(60) + "...'; " + COUNTRY),
                wrong("[DE, NO]", "[\"a\\nb\"]", 3, "unknown country 'a b'; " + COUNTRY));
    }

    static Stream<Arguments> rows() {
        return Stream.of(
                wrong("id: singapore", "id: dublin", 11, "site 'dublin' is there twice, first in line 6"),
                wrong("legacy_until: 2024-12-31T00:00:00Z", "legacy_until: later", 11, TIME + ", but found 'later'"),
                wrong("country: SG", "country: UK", 11, "unknown country 'UK'; " + COUNTRY),
                wrong(
                        "{from: 2024-01-01T00:00:00Z}",
                        "{from: 2023-12-31T23:59:59.999Z}",
                        10,
                        "this enclave interval overlaps the one in line 9"),
                wrong(
                        "{from: 2024-01-01T00:00:00Z}",
                        "{from: 2022-01-01T00:00:00Z}",
                        10,
                        "this enclave interval overlaps the one in line 9"),
                wrong(
                        "{from: 2024-01-01T00:00:00Z}",
                        "{from: 2024-01-01T00:00:00Z, until: 2023-12-31T00:00:00Z}",
                        10,
                        "expected 'until' to be later than 'from'"),
                wrong(
                        "{from: 2024-01-01T00:00:00Z}",
                        "{from: 2024-01-01T00:00:00Z, until: 2024-01-01T00:00:00Z}",
                        10,
                        "expected 'until' to be later than 'from'"),
                wrong(
                        "legacy_until: 2024-12-31T00:00:00Z",
                        "enclave: []",
                        11,
                        "expected a list with at least one item"),
                wrong(
                        "[PUBLIC]",
                        "[UNKNOWN]",
                        14,
                        "unknown protection 'UNKNOWN'; expected RAW, PSEUDONYMISED, AGGREGATED, PUBLIC"),
                wrong("[PUBLIC]", "PUBLIC", 14, "expected a list, but found text"),
                wrong("[PUBLIC]", "[]", 14, "expected a list with at least one item"),
                wrong("[PUBLIC_VIDEO]", "[]", 14, "expected a list with at least one item"),
                wrong("[PUBLIC_VIDEO]", "restricted", 14, "expected a list, but found text"),
                wrong("[CN]", "CN", 16, "expected 'any' or a list of countries, but found 'CN'"),
                wrong("[CN]", "[any]", 16, "unknown country 'any'; " + COUNTRY),
                wrong("[CN]", "[]", 16, "expected a list with at least one item"),
                wrong(
                        "categories: restricted",
                        "categories: NAME",
                        16,
                        "expected 'restricted', 'any' or a list of categories, but found 'NAME'"),
                wrong(
                        "categories: restricted",
                        "categories: [restricted]",
                        16,
                        "'restricted' is not a category; it stands alone, not in a list"),
                wrong(
                        "{categories: [EMAIL], destinations: [RU], ",
                        "{",
                        21,
                        "key 'destinations' is missing\nline 21: key 'categories' is missing"),
                wrong(
                        "without: [gateway]",
                        "minors: true",
                        21,
                        "expected text, but found true or false; quote it: 'true'"),
                wrong("without: [gateway]", "minors: deny", 21, "unknown minors 'deny'; expected only"),
                wrong("[gateway]", "[gatway]", 21, "unknown without 'gatway'; did you mean 'gateway'?"),
                wrong("without: [gateway]", "residents: [XX]", 21, "unknown country 'XX'; " + COUNTRY),
                wrong(
                        "without: [gateway]",
                        "protection: [UNKNOWN]",
                        21,
                        "unknown protection 'UNKNOWN'; expected RAW, PSEUDONYMISED, AGGREGATED, PUBLIC"),
                wrong("without: [gateway]", "purposes: []", 21, "expected a list with at least one item"),
                wrong("without:", "withot:", 21, "unknown key 'withot'; did you mean 'without'?"),
                wrong("[EMAIL]", "[any]", 21, "'any' is not a category; it stands alone, not in a list"),
                wrong("categories: restricted", "categories: {}", 16, "expected a list, but found keys with values"));
    }

    static Stream<Arguments> yaml() {
        return Stream.of(
                wrong(GOOD, "", 1, "expected a policy document, but found none"),
                wrong(GOOD, "# nothing\n---\n  # but comments\n", 1, "expected a policy document, but found none"),
                wrong(GOOD, "\nhello\n", 2, "expected keys with values, but found text"),
                wrong(GOOD, "...\n---\n", 1, "not YAML 1.2: expected the node content, but found '<document end>'"),
                wrong("[NAME]", "[NAME", 13, "not YAML 1.2: expected ',' or ']', but got :"),
                wrong("[NAME]", "*names", 12, "not YAML 1.2: found undefined alias names"),
                wrong("[NAME]", "[NAME\u0007]", 12, "not YAML 1.2: the character U+0007 is not allowed"),
                wrong("[NAME]", "&a [*a]", 12, "expected text, but found a list"),
                wrong("[NAME]", "[".repeat(15) + "NAME" + "]".repeat(15), 12, "expected text, but found a list"),
                wrong(
                        "[NAME]",
                        "[".repeat(16) + "NAME" + "]".repeat(16),
                        12,
                        "expected a policy, but this is nested too deeply"),
                wrong("[NAME]", "[".repeat(100_000), 12, "expected a policy, but this is nested too deeply"),
                wrong(
                        "[NAME]",
                        "[" + "[], ".repeat(20) + "]",
                        12,
                        Stream.generate(() -> "expected text, but found a list")
                                .limit(20)
                                .reduce((a, b) -> a + "\nline 12: " + b)
                                .orElseThrow()),
                wrong(
                        "policy_id",
                        "# a\n%YAML 1.1\n---\npolicy_id",
                        2,
                        "expected no directive: a policy is always YAML 1.2"),
                wrong("sites:", "--- # x\nsites:", 6, "expected one policy document, but here a second one starts"));
    }

    @Test
    void aListIsReferredToAtMostFiftyTimes() {
        String references = "region: &r [DE]\n" + "x: *r\n".repeat(51);

        assertThatThrownBy(() -> PolicyDocument.parse(references))
                .isInstanceOf(PolicyException.class)
                .hasMessageStartingWith("line 1: not YAML 1.2: ")
                .hasMessageContaining("aliases");
    }

    @Test
    void everythingThatIsWrongIsSaidInTheOrderOfLines() {
        String wrong =
                GOOD.replace("2023-03-08T", "08.03.2023 ").replace("FR", "XX").replace("LOW", "low");

        assertThatThrownBy(() -> PolicyDocument.parse(wrong)).isInstanceOfSatisfying(PolicyException.class, e -> {
            assertThat(e.problems()).extracting(PolicyException.Problem::line).containsExactly(2, 4, 19);
            assertThat(e.line()).isEqualTo(2);
            assertThat(e.problems().get(2).toString())
                    .isEqualTo("line 19: " + e.problems().get(2).message());
        });
    }

    @Test
    void linesAreThoseOfTheWholeFile() {
        String file =
                "# first\n---\n" + GOOD.replace("FR", "XX") + "---\n" + GOOD + "---\r\n" + GOOD.replace("LOW", "LO");

        assertThatThrownBy(() -> PolicyDocument.parseAll(file))
                .isInstanceOfSatisfying(
                        PolicyException.class,
                        e -> assertThat(e.problems())
                                .containsExactlyElementsOf(List.of(
                                        new PolicyException.Problem(6, "unknown country 'XX'; " + COUNTRY),
                                        new PolicyException.Problem(
                                                65, "unknown severity 'LO'; did you mean 'LOW'?"))));
    }

    @Test
    void aBrokenDocumentIsFoundBelowOthers() {
        assertThatThrownBy(() -> PolicyDocument.parseAll(GOOD + "---\n\npolicy_id: 'x\n"))
                .hasMessage("line 25: not YAML 1.2: found unexpected end of stream");
        assertThatThrownBy(() -> PolicyDocument.parseAll(GOOD + "---\npolicy_id: x\ny: \u0007\n"))
                .hasMessage("line 24: not YAML 1.2: the character U+0007 is not allowed");
        assertThatThrownBy(() -> PolicyDocument.parseAll(GOOD + "---\n\n" + "[".repeat(99)))
                .hasMessage("line 24: expected a policy, but this is nested too deeply");
    }

    @Test
    void aForbiddenCharacterIsFoundFarDown() {
        assertThatThrownBy(() -> PolicyDocument.parse("# \uD83D\uDE00\r\n".repeat(3000) + "\u0007"))
                .hasMessage("line 3001: not YAML 1.2: the character U+0007 is not allowed");
    }

    @Test
    void aSeparatorStandsAlone() {
        assertThatThrownBy(() -> PolicyDocument.parseAll(GOOD + "--- {policy_id: x}\n"))
                .hasMessage("line 22: expected '---' with nothing else on its line");
        assertThatThrownBy(() -> PolicyDocument.parseAll(GOOD + "--- x"))
                .hasMessage("line 22: expected '---' with nothing else on its line");
    }

    private static Arguments wrong(String right, String wrong, int line, String message) {
        return Arguments.of(right, wrong, "line " + line + ": " + message);
    }
}
