package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.model.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check} as a user meets it: exit code, data on stdout, everything else on stderr. */
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
class CheckCommandTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aScenarioOfTwoViolations() throws IOException, URISyntaxException {
        Path scenario =
                Path.of(Objects.requireNonNull(CheckCommandTest.class.getResource("/cases/duplicates-and-rejects"))
                        .toURI());
        for (String file :
                List.of("access-events.ndjson", "employee-locations.ndjson", "policy.yaml", "expected.ndjson")) {
            Files.copy(scenario.resolve(file), directory.resolve(file));
        }
    }

    private int run(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    private int check(String... options) {
        String[] args = Arrays.copyOf(new String[] {"check", directory.toString()}, 2 + options.length);
        System.arraycopy(options, 0, args, 2, options.length);
        return run(args);
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private String expected() throws IOException {
        return Files.readString(file("expected.ndjson"));
    }

    private void replace(String file, String text, String by) throws IOException {
        String content = Files.readString(file(file));
        assertThat(content).contains(text);
        Files.writeString(file(file), content.replace(text, by));
    }

    private void assertUserError(int code, String message) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("cloverwatch: " + message + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void verdictsAreOnStdoutAndWhatIsRejectedOnStderrWithItsPlace() throws IOException {
        assertThat(check()).isZero();

        assertThat(out.toString()).isEqualToNormalizingNewlines(expected());
        assertThat(err.toString().lines())
                .hasSize(12)
                .allMatch(line -> line.matches(".*/access-events\\.ndjson:[0-9]+: rejected: .+"))
                .contains(file("access-events.ndjson")
                        + ":7: rejected: destination.country: expected an ISO 3166-1 alpha-2 country code in capitals");
    }

    @Test
    void violationsAloneAreNoDifference() throws IOException {
        String verdicts = expected();
        Files.delete(file("expected.ndjson"));

        assertThat(check()).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines(verdicts);
    }

    @Test
    void outcomesAreOneObjectOfAllEight() throws IOException {
        assertThat(check("--outcomes")).isZero();

        assertThat(out.toString().lines()).hasSize(1);
        JsonNode outcomes = new JsonMapper().readTree(out.toString());
        assertThat(outcomes.properties())
                .extracting(entry -> entry.getKey() + " " + entry.getValue())
                .containsExactlyInAnyOrder(
                        "OUT_OF_SCOPE 0",
                        "EXEMPT 1",
                        "IN_REGION 2",
                        "GATEWAY_APPROVED 0",
                        "VIOLATION 2",
                        "UNDECIDABLE 0",
                        "DUPLICATE 1",
                        "REJECTED 12");
        assertThat(outcomes.size()).isEqualTo(Outcome.values().length);
    }

    @Test
    void aDifferenceIsToldOnStderrAndByTheExitCode() throws IOException {
        String verdicts = expected();
        replace("expected.ndjson", "\"HIGH\"", "\"LOW\"");

        assertThat(check()).isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines(verdicts);
        assertThat(err.toString().lines().filter(line -> !line.contains(": rejected: ")))
                .singleElement()
                .asString()
                .startsWith("different: expected {\"event_id\": \"00000000-0000-4000-8000-000000000014\"")
                .contains("\"severity\": \"LOW\"}, found ")
                .endsWith("\"severity\": \"HIGH\"}");
    }

    @Test
    void aDifferenceIsToldWithOutcomesToo() throws IOException {
        Files.writeString(file("expected.ndjson"), "");

        assertThat(check("--outcomes")).isEqualTo(1);
        assertThat(out.toString()).startsWith("{").endsWith("}" + System.lineSeparator());
        assertThat(err.toString().lines().filter(line -> line.startsWith("extra: found ")))
                .hasSize(2);
    }

    @Test
    void aBrokenLineIsRejectedAndTheRestIsJudged() throws IOException {
        Files.writeString(
                file("employee-locations.ndjson"), Files.readString(file("employee-locations.ndjson")) + "{oops\n");

        assertThat(check()).isZero();
        assertThat(err.toString()).contains(file("employee-locations.ndjson") + ":3: rejected: not JSON, column ");
    }

    @Test
    void aDirectoryThatIsNotThere() {
        assertUserError(run("check", file("nowhere").toString()), file("nowhere") + ": expected a scenario directory");
    }

    @Test
    void aFileInPlaceOfTheDirectory() {
        assertUserError(
                run("check", file("policy.yaml").toString()), file("policy.yaml") + ": expected a scenario directory");
    }

    @Test
    void aPolicyThatIsNotThere() throws IOException {
        Files.delete(file("policy.yaml"));

        assertUserError(check(), file("policy.yaml") + ": expected a policy, there is no such file");
    }

    @Test
    void aMisspeltKeyOfThePolicyIsNamedWithFileAndLine() throws IOException {
        replace("policy.yaml", "protected_residents:", "protected_resident:");

        int code = check();

        assertThat(code).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .startsWith("cloverwatch: " + file("policy.yaml"))
                .contains("line 3")
                .contains("protected_resident")
                .doesNotContain("Exception");
    }

    @Test
    void aPolicyThatIsNotUtf8() throws IOException {
        Files.write(file("policy.yaml"), "policy_id: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));

        assertUserError(check(), file("policy.yaml") + ": expected UTF-8");
    }

    @Test
    void anotherPolicyCanBeAskedFor() throws IOException {
        Path other = file("other.yaml");
        Files.writeString(other, Files.readString(file("policy.yaml")).replace("region: [AT", "region: [JP, AT"));
        Files.delete(file("policy.yaml"));
        Files.writeString(file("expected.ndjson"), "");

        assertThat(check("--policy", other.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anotherPolicyThatIsNotThere() {
        assertUserError(
                check("--policy", file("other.yaml").toString()),
                file("other.yaml") + ": expected a policy, there is no such file");
    }

    @Test
    void anExpectationThatCannotBeReadIsTheUsersError() throws IOException {
        Files.writeString(file("expected.ndjson"), expected() + "{\"event_id\": 7}\n");

        assertThat(check()).isEqualTo(2);
        assertThat(err.toString())
                .contains("cloverwatch: " + file("expected.ndjson")
                        + ":3: expected {\"event_id\", \"verdict\", \"rules\", \"severity\"}");
    }

    @Test
    void anExpectationThatIsNotUtf8IsTheUsersError() throws IOException {
        Files.write(file("expected.ndjson"), new byte[] {(byte) 0xE9, '\n'});

        assertThat(check()).isEqualTo(2);
        assertThat(err.toString()).contains("cloverwatch: " + file("expected.ndjson") + ": expected UTF-8");
    }

    @Test
    void usageErrorsNameWhatIsWrong() {
        assertUsageError(check("--verbose"), "Unknown option: '--verbose'");
        assertUsageError(run("check"), "Missing required parameter: 'DIR'");
        assertUsageError(check("more"), "Unmatched argument at index 2: 'more'");
        assertUsageError(check("--policy"), "--policy");
        assertUsageError(run("chekc"), "Unmatched argument at index 0: 'chekc'");
        assertUsageError(run(), "expected a command");
    }

    private void assertUsageError(int code, String message) {
        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("Exception");
        assertThat(out.toString()).isEmpty();
        err.getBuffer().setLength(0);
    }

    @Test
    void helpIsDataThatWasAskedFor() {
        assertThat(run("check", "--help")).isZero();

        assertThat(out.toString()).contains("--policy=FILE", "--outcomes", "DIR");
        assertThat(err.toString()).isEmpty();
    }
}
