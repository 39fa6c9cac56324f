package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.model.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code policy validate} and {@code policy diff} as a user meets them. */
class PolicyCommandTest {

    static final String POLICY = """
            policy_id: test
            effective_from: 2024-01-01T00:00:00Z
            protected_residents: [DE]
            region: [DE]
            sites:
              - {id: dublin, country: IE, enclave: [{from: 2023-09-05T00:00:00Z}]}
            restricted_categories: [NAME]
            denied:
              - {destinations: [CN], categories: restricted}
            never:
              - {destinations: [CN], categories: restricted}
            """;

    @TempDir
    private Path dir;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int run(String... args) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(dir.resolve(name), text).toString();
    }

    @Test
    void aPolicyThatKeepsWhatItClaimsIsSummedUp() throws IOException {
        String policy = file("policy.yaml", POLICY);

        assertThat(run("policy", "validate", policy)).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString())
                .contains(policy + ": test, effective from 2024-01-01T00:00:00Z")
                .contains("sha256 " + Sha256.hex(POLICY))
                .contains("1 site, 1 restricted category, 0 exempt rows, 1 denied row")
                .containsPattern("never, line 11: holds in all [0-9,]+ situations");
    }

    @Test
    void aPolicyThatBreaksItsOwnClaimIsWrongInputWithLineAndCounterexample() throws IOException {
        String policy = file(
                "policy.yaml",
                POLICY.replace(
                        "destinations: [CN], categories: restricted}\nnever",
                        "destinations: [RU], categories: restricted}\nnever"));

        assertThat(run("policy", "validate", policy)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith(
                        "cloverwatch: " + policy
                                + ":11: expected that this never ends as compliant, but it ends GATEWAY_APPROVED: NAME, RAW, of an adult")
                .contains("through an approved gateway")
                .contains("sent to CN, at ");
    }

    @Test
    void everyDocumentOfEveryFileIsReadAndEveryMistakeNamed() throws IOException {
        String good = file("good.yaml", POLICY + "---\n" + POLICY.replace("id: test", "id: second"));
        String bad = file(
                "bad.yaml",
                POLICY + "---\n" + POLICY.replace("region", "regions").replace("[NAME]", "[]"));

        assertThat(run("policy", "validate", bad, good)).isEqualTo(2);
        assertThat(err.toString())
                .contains(bad + ":16: unknown key 'regions'; did you mean 'region'?")
                .contains(bad + ":19: expected a list with at least one item");
        assertThat(out.toString()).contains("second, effective from").contains("never, line 23: holds");
    }

    @Test
    void whatIsWrittenBelowNeverIsCheckedToo() throws IOException {
        String policy = file(
                "policy.yaml", POLICY.replace("never:\n  - {destinations: [CN]", "never:\n  - {destinations: [XX]"));

        assertThat(run("policy", "validate", policy)).isEqualTo(2);
        assertThat(err.toString()).contains(policy + ":11: unknown country 'XX'");
    }

    @Test
    void policiesThatJudgeAlikeAreExitCodeZero() throws IOException {
        String first = file("a.yaml", POLICY);
        String second = file("b.yaml", "# other text\n" + POLICY);

        assertThat(run("policy", "diff", first, second)).isZero();
        assertThat(out.toString()).contains("They judge all").contains("situations alike.");
    }

    @Test
    void aDifferenceIsListedWithAnExampleAndIsExitCodeOne() throws IOException {
        String first = file("a.yaml", POLICY);
        String second = file(
                "b.yaml",
                POLICY.replace("[CN], categories: restricted}\nnever", "[CN, KR], categories: restricted}\nnever"));

        assertThat(run("policy", "diff", first, second)).isEqualTo(1);
        assertThat(out.toString())
                .contains("1. GATEWAY_APPROVED -> VIOLATION; newly DENIED_DESTINATION")
                .contains("movement   sent to or read by an employee in KR")
                .contains("B: VIOLATION: DENIED_DESTINATION CRITICAL")
                .contains("--all lists them");
        String few = out.toString();
        assertThat(run("policy", "diff", "--all", first, second)).isEqualTo(1);
        assertThat(out.toString()).hasSizeGreaterThan(few.length()).doesNotContain("--all");
    }

    @Test
    void documentsOfOneFileAreComparedByNumber() throws IOException {
        String both = file("both.yaml", POLICY + "---\n" + POLICY.replace("[DE]", "[DE, FR]"));

        assertThat(run("policy", "diff", both + "#1", both + "#2")).isEqualTo(1);
        assertThat(run("policy", "diff", both, both + "#2")).isEqualTo(2);
        assertThat(err.toString()).contains("expected one policy document, there are 2; say which: " + both + "#1");
        assertThat(run("policy", "diff", both + "#3", both + "#2")).isEqualTo(2);
        assertThat(err.toString()).contains("expected a number from 1 to 2");
        assertThat(run("policy", "diff", dir.resolve("nowhere").toString(), both + "#2"))
                .isEqualTo(2);
    }

    @Test
    void programsReadTheSameAsJson() throws IOException {
        String first = file("a.yaml", POLICY);
        String second = file("b.yaml", POLICY.replace("region: [DE]", "region: [DE, KR]"));

        assertThat(run("policy", "diff", "--json", first, second)).isEqualTo(1);
        JsonNode json = new JsonMapper().readTree(out.toString());
        assertThat(json.at("/a/sha256").asText()).isEqualTo(Sha256.hex(POLICY));
        assertThat(json.at("/same").asBoolean()).isFalse();
        assertThat(json.at("/different").asLong())
                .isPositive()
                .isLessThan(json.at("/situations").asLong());
        assertThat(json.at("/classes")).isNotEmpty().allSatisfy(events -> {
            assertThat(events.at("/a").asText())
                    .isEqualTo(events.at("/example/a/outcome").asText());
            assertThat(events.at("/b").asText())
                    .isEqualTo(events.at("/example/b/outcome").asText());
            assertThat(events.at("/conditions/movement/0").asText()).contains("KR");
        });
    }

    /** What {@code diff} says of an example, {@code check} says of the files. */
    @Test
    void examplesAreJudgedByCheckAsTheyAreListed() throws IOException {
        String first = file("a.yaml", POLICY);
        String second = file(
                "b.yaml",
                POLICY.replace("region: [DE]", "region: [DE, KR]")
                        .replace("never", "consent_required_for: [ADVERTISING]\nnever"));
        Path examples = dir.resolve("examples");
        assertThat(run("policy", "diff", "--json", "--example", examples.toString(), first, second))
                .isEqualTo(1);
        JsonNode classes = new JsonMapper().readTree(out.toString()).at("/classes");

        int compared = 0;
        for (int i = 0; i < classes.size(); i++) {
            Path example = examples.resolve(String.valueOf(i + 1));
            if (Files.exists(example)) {
                assertThat(outcome(example, first))
                        .isEqualTo(classes.get(i).at("/a").asText());
                assertThat(outcome(example, second))
                        .isEqualTo(classes.get(i).at("/b").asText());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(3);
        assertThat(run("policy", "diff", "--example", examples.toString(), first, second))
                .isEqualTo(2);
        assertThat(err.toString()).contains(examples + ": expected a directory that is new or empty");
    }

    private String outcome(Path example, String policy) throws IOException {
        assertThat(run("check", "--outcomes", example.toString(), "--policy", policy))
                .isZero();
        JsonNode outcomes = new JsonMapper().readTree(out.toString());
        return outcomes.properties().stream()
                .filter(entry -> entry.getValue().asInt() == 1)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    @Test
    void whatToDoMustBeSaid() {
        assertThat(run("policy")).isEqualTo(2);
        assertThat(err.toString()).contains("expected what to do: validate, diff or publish");
    }
}
