package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.runtime.ViolationWriter;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person, and a program behind a pipe, get from following the violations. */
@Timeout(180)
class TailCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;
    private static ViolationWriter writer;
    private static String config;

    @BeforeAll
    static void publishSome() throws IOException {
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy("tailed");
        writer = new ViolationWriter(deployment);
        config = Program.config(dir, deployment.settings("tail"));
        Violation low = SampleViolation.of("low");
        low.setSeverity(Severity.LOW);
        low.setDestinationCountry("JP");
        low.getActor().setId("E-18");
        Violation hostile = SampleViolation.of("hostile");
        hostile.setSeverity(Severity.CRITICAL);
        hostile.getActor().setId("E-\u001b[2J\u009b31m\u202e\r\n");
        hostile.getFindings().get(0).setMessage("\u001b]0;title\u0007 reached CN");
        hostile.getFindings().get(0).setRemedy("\u007f\u0000");
        writer.publish(SampleViolation.of("high"), low, hostile);
        writer.publish(SampleViolation.revision("high", 1, ViolationStatus.AMENDED, Severity.LOW));
        writer.publish(SampleViolation.revision("high", 2, ViolationStatus.WITHDRAWN, Severity.LOW));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            writer.close();
            deployment.close();
            cluster.close();
        }
    }

    @Test
    void aRevisionIsTwoLinesAndNothingInThemReachesTheTerminalAsACommand() throws Exception {
        String printed = tail(lines -> lines.size() >= 10, "--from-beginning");
        assertThat(printed.lines())
                .hasSize(10)
                .anySatisfy(line -> assertThat(line).contains("E-[U+001B][2J[U+009B]31m[U+202E][U+000D][U+000A]"))
                .anySatisfy(line -> assertThat(line).contains("[U+001B]]0;title[U+0007] reached CN"))
                .anySatisfy(line -> assertThat(line).endsWith("remedy: [U+007F][U+0000]"))
                .anySatisfy(line -> assertThat(line).contains("WITHDRAWN because of employee-locations/E-17"))
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo(" ".repeat(21) + "violation violation-of-high/2, subject k1:0123456789abc... of DE;"
                                + " remedy: pass through a gateway approved for CN"));
        assertThat(printed.codePoints().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c <= '~');
    }

    @Test
    void jsonHasAllFieldsOfTheSchemaOnALineOfPrintableCharacters() throws Exception {
        String printed = tail(lines -> lines.size() >= 5, "--from-beginning", "--json");
        assertThat(printed.codePoints().filter(c -> c != '\n')).allMatch(c -> c >= ' ' && c <= '~');
        List<JsonNode> violations = new ArrayList<>();
        for (String line : printed.lines().toList()) {
            violations.add(JSON.readTree(line));
        }
        assertThat(violations)
                .hasSize(5)
                .allSatisfy(violation -> assertThat(violation.fieldNames())
                        .toIterable()
                        .containsExactlyElementsOf(Violation.getClassSchema().getFields().stream()
                                .map(Schema.Field::name)
                                .toList()));
        assertThat(violations)
                .anySatisfy(violation -> assertThat(
                                violation.path("actor").path("id").asText())
                        .isEqualTo("E-\u001b[2J\u009b31m\u202e\r\n"));
    }

    @Test
    void aSeverityMeansThatAndAboveAndRevisionsOfWhatWasShownFollow() throws Exception {
        assertThat(shown(4, "--severity", "high"))
                .containsExactlyInAnyOrder("high/0 HIGH", "hostile/0 CRITICAL", "high/1 LOW", "high/2 LOW");
    }

    @Test
    void actorCountryAndRuleNarrowItDown() throws Exception {
        assertThat(shown(1, "--actor", "E-18")).containsExactly("low/0 LOW");
        assertThat(shown(1, "--country", "JP", "--rule", "EGRESS_WITHOUT_GATEWAY"))
                .containsExactly("low/0 LOW");
        assertThat(shown(4, "--actor", "E-18", "--actor", "E-17")).hasSize(4);
    }

    @Test
    void whatIsWrongInTheArgumentsIsSaid() {
        assertThat(Program.run("tail", "--config", config, "--country", "cn").code())
                .isEqualTo(2);
        assertThat(Program.run("tail", "--config", config, "--severity", "GRAVE")
                        .code())
                .isEqualTo(2);
        assertThat(Program.run("tail", "--config", config, "--rule", "NONE").code())
                .isEqualTo(2);
        assertThat(Program.run("tail", "--config", config, "--since", "yesterday")
                        .code())
                .isEqualTo(2);
        assertThat(Program.run("tail", "--config", config, "--since", "2026-01-01T00:00:00Z", "--from-beginning")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void aTopicThatIsNotThereIsNamed() throws IOException {
        var settings = deployment.settings("tail");
        settings.put("cloverwatch.topic.violations", "nowhere");
        Program.Ended ended = Program.run("tail", "--config", Program.config(dir, settings));
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("nowhere: there is no such topic");
    }

    /** Event, revision and severity of those that are shown first, of a topic that has five. */
    private static List<String> shown(int count, String... filters) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--from-beginning", "--json"));
        arguments.addAll(List.of(filters));
        List<String> shown = new ArrayList<>();
        for (String line : tail(lines -> lines.size() >= count, arguments.toArray(String[]::new))
                .lines()
                .toList()) {
            JsonNode violation = JSON.readTree(line);
            shown.add(violation.path("event_id").asText() + "/" + violation.path("revision") + " "
                    + violation.path("severity").asText());
        }
        return shown;
    }

    /** Until as much as is wanted was printed; then the reader goes away, and that is fine. */
    private static String tail(Predicate<List<String>> enough, String... arguments) throws Exception {
        ClosableOutput out = new ClosableOutput();
        List<String> all = new ArrayList<>(List.of("tail", "--config", config));
        all.addAll(List.of(arguments));
        StringWriter err = new StringWriter();
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new)));
        await().atMost(Duration.ofSeconds(60))
                .until(() -> code.isDone() || enough.test(out.text().lines().toList()));
        out.readerLeaves();
        assertThat(code.get(30, TimeUnit.SECONDS)).as(err.toString()).isZero();
        assertThat(err.toString()).isEmpty();
        return out.text();
    }
}
