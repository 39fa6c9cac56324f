package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.FinalVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    @Test
    void writesAllFiles() throws IOException {
        Report.write(new SampleReplay().found(3, 1).replayed(), SampleReplay.context(), directory);

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "report.html",
                            "report.pdf",
                            "summary.json",
                            "violations.ndjson",
                            "violations.csv",
                            "changes.ndjson");
        }
    }

    @Test
    void theSameResultInOtherCollectionsGivesTheSameBytes() throws IOException {
        Replayed one = full();
        List<Violation> listed = new ArrayList<>();
        one.violations().forEach(listed::add);
        Replayed other = new Replayed(
                one.request(),
                new HashMap<>(one.outcomes()),
                new ArrayList<>(one.events()),
                new ArrayList<>(one.facts()),
                one.policies(),
                new ArrayList<>(one.rejected()),
                new HashMap<>(one.rejectedReasons()),
                one.rejectedFacts(),
                one.rejectedFactReasons(),
                one.losses(),
                one.uncommitted(),
                InMemory.of(listed),
                one.changes());
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));

        Report.write(one, SampleReplay.context(), first);
        Report.write(other, SampleReplay.context(), second);

        try (Stream<Path> files = Files.list(first)) {
            assertThat(files)
                    .hasSize(6)
                    .allSatisfy(file ->
                            assertThat(second.resolve(file.getFileName())).hasSameBinaryContentAs(file));
        }
    }

    @Test
    void aClockChangesNothingInTheFilesForMachines() throws IOException {
        ReportContext context = SampleReplay.context();
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));

        Report.write(full(), context, first);
        Report.write(
                full(),
                new ReportContext(
                        context.version(),
                        context.command(),
                        null,
                        Instant.parse("2031-01-01T00:00:00Z"),
                        false,
                        context.incidentGap()),
                second);

        for (String name : List.of("summary.json", "violations.ndjson", "violations.csv", "changes.ndjson")) {
            assertThat(second.resolve(name)).hasSameBinaryContentAs(first.resolve(name));
        }
    }

    @Test
    void aLineOfAViolationIsWhatCheckPrintsAndTheRecordWithoutWhatDependsOnARun() throws IOException {
        Replayed replayed = new SampleReplay().found(40, 5).replayed();
        Report.write(replayed, SampleReplay.context(), directory);

        List<FinalVerdict> expected = new ArrayList<>();
        replayed.violations().forEach(violation -> expected.add(verdict(violation)));
        assertThat(FinalVerdict.readAll(directory.resolve("violations.ndjson"))).isEqualTo(expected);
        JsonNode line = JSON.readTree(
                Files.readAllLines(directory.resolve("violations.ndjson")).get(0));
        assertThat(line.fieldNames())
                .toIterable()
                .contains("violation_id", "event_id", "findings", "evidence", "subject")
                .doesNotContain("detected_at", "revision", "status", "cause", "chain");
        assertThat(line.at("/evidence/offset").asLong()).isEqualTo(70_000);
        assertThat(line.at("/evidence/consent_effective_from").isNull()).isTrue();
    }

    @Test
    void aChangeHasALineWithBothJudgementsAndTheReason() throws IOException {
        Report.write(
                new SampleReplay().changes(Change.Kind.LATER_FACTS, 2).replayed(), SampleReplay.context(), directory);

        List<String> lines = Files.readAllLines(directory.resolve("changes.ndjson"));
        assertThat(lines).hasSize(2);
        JsonNode line = JSON.readTree(lines.get(1));
        assertThat(line.at("/kind").asText()).isEqualTo("LATER_FACTS");
        assertThat(line.at("/record").asText()).isEqualTo("cloverwatch.access-events.v1-1@70001");
        assertThat(line.at("/before/outcome").asText()).isEqualTo("IN_REGION");
        assertThat(line.at("/before/severity").isNull()).isTrue();
        assertThat(line.at("/after/rules/0").asText()).isEqualTo("EGRESS_WITHOUT_GATEWAY");
        assertThat(line.at("/why/0").asText()).startsWith("employee-locations/E-1003");
    }

    private static FinalVerdict verdict(Violation violation) {
        return new FinalVerdict(
                violation.getEventId(),
                Verdict.valueOf(violation.getVerdict().name()),
                ViolationLines.rules(violation),
                Severity.valueOf(violation.getSeverity().name()));
    }

    private static Replayed full() {
        return new SampleReplay()
                .request(new ReplayRequest(
                        SampleViolations.FROM,
                        SampleViolations.TO,
                        Instant.parse("2025-03-15T00:00:00Z"),
                        List.of(),
                        null,
                        null))
                .found(120, 7)
                .rejected(5)
                .rejectedFacts(2)
                .duplicates(3)
                .lost()
                .changes(Change.Kind.LATER_FACTS, 9)
                .replayed();
    }
}
