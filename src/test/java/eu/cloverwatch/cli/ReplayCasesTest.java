package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.audit.replay.Replay;
import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ScenarioDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases in the topics of a real broker, judged again: as check judges their files, whatever the number of workers. All of them
 * with {@code -Dcloverwatch.replay.cases=all}.
 */
@Timeout(300)
class ReplayCasesTest {

    private static final Set<String> FEW =
            Set.of("generated-seed-7", "consent-erased", "duplicates-and-rejects", "late-location-found");
    private static final Instant FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2100-01-01T00:00:00Z");

    /** Check remembers ids for the whole directory. */
    private static final Duration FOR_GOOD = Duration.ofDays(36_525);

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    static List<Path> cases() throws IOException {
        Path cases = Path.of("src/test/resources/cases");
        assumeTrue(Files.isDirectory(cases), "the cases are not here");
        boolean all = "all".equals(System.getProperty("cloverwatch.replay.cases"));
        try (Stream<Path> directories = Files.list(cases)) {
            return directories
                    .filter(Files::isDirectory)
                    .filter(directory ->
                            all || FEW.contains(directory.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aReplayOfTheTopicsSaysWhatCheckSaysOfTheFiles(Path directory) throws IOException {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        List<PolicyDocument> policies = Scenarios.policies(scenario.policyFile());
        Check.Result expected = Check.run(scenario, policies, problem -> {}, count -> {});

        try (Deployment deployment = cluster.deploy(directory.getFileName().toString())) {
            Program.publish(directory, deployment);
            try (Replayed one = replay(deployment, 1);
                    Replayed several = replay(deployment, 3)) {
                assertThat(verdicts(one)).isEqualTo(expected.verdicts());
                assertThat(one.outcomes()).isEqualTo(expected.outcomes());
                assertThat(one.losses()).isEmpty();
                assertThat(violations(several)).isEqualTo(violations(one));
                assertThat(several.outcomes()).isEqualTo(one.outcomes());
                assertThat(several.events()).isEqualTo(one.events());
                assertThat(several.facts()).isEqualTo(one.facts());
                assertThat(several.rejected()).isEqualTo(one.rejected());
                assertThat(several.policies()).isEqualTo(one.policies());
            }
        }
    }

    private static Replayed replay(Deployment deployment, int workers) {
        return new Replay(deployment.history(workers), deployment.pseudonyms(), FOR_GOOD, dir, ReplayProgress.NONE)
                .run(new ReplayRequest(FROM, TO, null, List.of(), null, null));
    }

    private static List<Violation> violations(Replayed replayed) {
        List<Violation> violations = new ArrayList<>();
        replayed.violations().forEach(violations::add);
        return violations;
    }

    private static List<FinalVerdict> verdicts(Replayed replayed) {
        return violations(replayed).stream().map(ReplayCasesTest::verdict).toList();
    }

    private static FinalVerdict verdict(Violation violation) {
        TreeSet<String> rules = new TreeSet<>();
        violation.getFindings().forEach(finding -> rules.add(finding.getRule()));
        return new FinalVerdict(
                violation.getEventId(),
                Verdict.valueOf(violation.getVerdict().name()),
                rules,
                Severity.valueOf(violation.getSeverity().name()));
    }
}
