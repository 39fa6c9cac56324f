package eu.cloverwatch.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.Sha256;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How documents are cut out of a file. */
class PolicyDocumentTest {

    private static final String FIRST = """
            policy_id: first
            effective_from: 2023-03-08T00:00:00Z
            protected_residents: [DE]
            region: [DE]
            sites: [{id: dublin, country: IE}]
            restricted_categories: [NAME]
            """;
    private static final String SECOND =
            "# later\n" + FIRST.replace("first", "second") + "recorded_at: 2023-04-01T12:00:00.5Z\n";

    @Test
    void documentsOfAFileAreInOrderAndEachHasItsOwnText() {
        List<PolicyDocument> documents = PolicyDocument.parseAll(FIRST + "---\n" + SECOND);

        assertThat(documents).extracting(PolicyDocument::text).containsExactly(FIRST, SECOND);
        assertThat(documents)
                .extracting(document -> document.policy().sha256())
                .containsExactly(Sha256.hex(FIRST), Sha256.hex(SECOND));
        assertThat(documents.get(0).recordedAt()).isEmpty();
        assertThat(documents.get(1).recordedAt()).contains(Instant.parse("2023-04-01T12:00:00.500Z"));
        assertThat(documents.get(1).effectiveFrom()).isEqualTo(Instant.parse("2023-03-08T00:00:00Z"));
    }

    @Test
    void theTextOfADocumentGivesTheSameDocument() {
        for (PolicyDocument document : PolicyDocument.parseAll("# file\n---\n" + FIRST + "---\n" + SECOND + "...\n")) {
            PolicyDocument again = PolicyDocument.parse(document.text());

            assertThat(again.policy().sha256()).isEqualTo(document.policy().sha256());
            assertThat(again.policy().policyId()).isEqualTo(document.policy().policyId());
            assertThat(again.recordedAt()).isEqualTo(document.recordedAt());
        }
    }

    @Test
    void oneDocumentKeepsAllOfItsText() {
        String text = "# file\n--- # comment\n" + FIRST + "---\n# end";

        PolicyDocument document = PolicyDocument.parse(text);

        assertThat(document.text()).isEqualTo(text);
        assertThat(document.policy().sha256()).isEqualTo(Sha256.hex(text));
    }

    @Test
    void twoDocumentsAreNotOne() {
        assertThatThrownBy(() -> PolicyDocument.parse(FIRST + "---\n" + SECOND))
                .hasMessage("line 8: expected one policy document, but here a second one starts");
    }

    @Test
    void partsWithoutContentAreNoDocuments() {
        String file = "\uFEFF# licence\n\n---\n---  \n" + FIRST + "---\t# nothing\n  # here\n---";

        assertThat(PolicyDocument.parseAll(file))
                .extracting(PolicyDocument::text)
                .containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndAsOnAnySystem(String lineBreak) {
        String file = (FIRST + "---\n" + SECOND).replace("\n", lineBreak);

        assertThat(PolicyDocument.parseAll(file))
                .extracting(document -> document.policy().policyId())
                .containsExactly("first", "second");
        assertThatThrownBy(() -> PolicyDocument.parseAll(file + "x: y"))
                .hasMessageStartingWith("line 16: unknown key 'x'; ");
    }

    @Test
    void dashesInsideALineSeparateNothing() {
        String text = FIRST.replace("first", "first --- x") + "consent_required_for:\n  - ---\n# ---\n";

        PolicyDocument document = PolicyDocument.parseAll(text).get(0);

        assertThat(document.text()).isEqualTo(text);
        assertThat(document.policy().policyId()).isEqualTo("first --- x");
        assertThat(document.policy().requiresConsent("---")).isTrue();
    }

    @Test
    void moreThanThreeDashesSeparateNothing() {
        assertThatThrownBy(() -> PolicyDocument.parseAll("----\n" + FIRST))
                .hasMessage("line 2: not YAML 1.2: mapping values are not allowed here");
    }

    @Test
    void anotherTimeIsPutInThePlaceOfItsOwnAndNothingElseIsTouched() {
        Instant t = Instant.parse("2026-01-01T12:00:00Z");
        String text =
                "# \uD83D\uDE00 first\n---\n# caf\u00e9 \uD83D\uDE00\n" + FIRST.replace("00Z\n", "00Z   # 8 March\n");

        PolicyDocument document = PolicyDocument.parse(text).withEffectiveFrom(t);

        assertThat(document.effectiveFrom()).isEqualTo(t);
        assertThat(document.text()).isEqualTo(text.replace("2023-03-08T00:00:00Z", "2026-01-01T12:00:00Z"));
        assertThat(document.policy().sha256()).isEqualTo(Sha256.hex(document.text()));
    }

    @Test
    void aQuotedTimeIsReplacedWithItsQuotes() {
        String text = FIRST.replace("2023-03-08T00:00:00Z", "'2023-03-08T00:00:00Z'");
        Instant t = Instant.parse("2026-01-01T12:00:00Z");

        assertThat(PolicyDocument.parse(text).withEffectiveFrom(t).effectiveFrom())
                .isEqualTo(t);
    }

    @Test
    void theLineOfAPropertyIsThatOfTheWholeFile() {
        String claiming = FIRST + "never:\n  - {destinations: [CN], categories: restricted}\n";

        assertThat(PolicyDocument.parseAll(FIRST + "---\n" + claiming)
                        .get(1)
                        .policy()
                        .terms()
                        .never())
                .singleElement()
                .satisfies(row -> assertThat(row.line()).isEqualTo(15));
    }
}
