package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.ShuffledScenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the order in which the records of a case arrive, on a real broker it comes to what {@code check} says. A few cases
 * and two orders; {@code -Dcloverwatch.shuffled.cases=all} takes all cases, which is a matter of minutes, and
 * {@code -Dcloverwatch.shuffled.seeds=N} so many orders of each.
 */
class ShuffledCasesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Set<String> FEW =
            Set.of("consent-withdrawn-and-regranted", "gateway-suspended-and-reinstated", "late-location-found");

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

    static List<Arguments> cases() throws IOException {
        Path cases = Path.of("src/test/resources/cases");
        assumeTrue(Files.isDirectory(cases), "the cases are not here");
        boolean all = "all".equals(System.getProperty("cloverwatch.shuffled.cases"));
        long seeds = Long.getLong("cloverwatch.shuffled.seeds", 2);
        List<Arguments> arguments = new ArrayList<>();
        try (Stream<Path> directories = Files.list(cases)) {
            for (Path directory :
                    directories.filter(Files::isDirectory).sorted().toList()) {
                String name = directory.getFileName().toString();
                for (long seed = 1; (all || FEW.contains(name)) && seed <= seeds; seed++) {
                    arguments.add(Arguments.of(name, seed, directory));
                }
            }
        }
        return arguments;
    }

    @ParameterizedTest(name = "{0} with seed {1}")
    @MethodSource("cases")
    void a_case_ends_as_check_says_whatever_the_order_of_arrival(String name, long seed, Path directory)
            throws Exception {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);
        List<PolicyDocument> policies = PolicyDocument.parseAll(Files.readString(scenario.policyFile()));
        Check.Result expected = Check.run(scenario, policies, problem -> {}, count -> {});

        try (Deployment deployment = cluster.deploy(name + "-" + seed);
                Quiescence quiescence = new Quiescence(deployment.configuration("quiescence"), StateStores.WORK)) {
            deployment.publish(Scenarios.revisions(policies, "test"));
            try (Monitor monitor = Monitor.start(deployment.configuration("a"), StoreKind.IN_MEMORY)) {
                publish(scenario, seed, deployment, quiescence);
                awaitQuiet(quiescence);
                assertThat(monitor.ended()).isNotDone();

                FinalViolations found = new FinalViolations();
                deployment.violations().forEach(found::add);
                assertThat(found.verdicts()).isEqualTo(expected.verdicts());
            }
        }
    }

    private static void publish(ScenarioDirectory scenario, long seed, Deployment deployment, Quiescence quiescence)
            throws IOException {
        List<Arrival> together = new ArrayList<>();
        Duration lookback = deployment.configuration("feed").lookback();
        for (ShuffledScenario.Arriving arriving : ShuffledScenario.of(scenario, lookback, seed)) {
            if (arriving.afterPause()) {
                deployment.publish(together);
                together.clear();
                awaitQuiet(quiescence);
            }
            together.add(arriving.line().arrival());
        }
        deployment.publish(together);
    }

    private static void awaitQuiet(Quiescence quiescence) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(quiescence::isQuiet);
    }
}
