package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.wire.FinalVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(90)
class LoadCommandTest {

    private static final Path EXAMPLE = Path.of("examples/scenario");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path scenario;

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void copyOfTheExample() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLE)) {
            for (Path file : files.toList()) {
                Files.copy(file, scenario.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void what_is_loaded_is_judged_as_check_judges_it_and_broken_lines_are_shown_and_rejected() throws IOException {
        Path events = scenario.resolve("access-events.ndjson");
        long good = Files.readAllLines(events).size();
        append(events, "{\"event_id\": \"cut-off\", \"occurred_at\"");
        append(events, "{\"event_id\": \"no-categories\"}");
        try (Deployment deployment = cluster.deploy("load")) {
            assertThat(execute("load", scenario.toString(), "--config", file(deployment.settings("load"))))
                    .isZero();

            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .contains(events + ":" + (good + 1) + ": ")
                    .contains(events + ":" + (good + 2) + ": ")
                    .contains((good + 2) + " to access-events.v1")
                    .contains("1 to policies.v1")
                    .contains("3 to employee-locations.v1");
            Map<Outcome, Long> outcomes = judged(deployment, good + 2);
            assertThat(outcomes).containsEntry(Outcome.REJECTED, 2L);
            assertThat(verdicts(deployment)).isEqualTo(verdictsOfCheck());
            assertThat(deployment.rejects()).hasSize(2);
        }
    }

    private static Map<Outcome, Long> judged(Deployment deployment, long events) {
        try (Monitor monitor = deployment.monitor("a")) {
            await().atMost(PATIENCE)
                    .until(() -> monitor.outcomes().orElse(Map.of()).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            == events);
            return monitor.outcomes().orElseThrow();
        }
    }

    private static List<String> verdicts(Deployment deployment) {
        FinalViolations found = new FinalViolations();
        deployment.violations().forEach(found::add);
        return found.verdicts().stream().map(FinalVerdict::toJson).toList();
    }

    private List<String> verdictsOfCheck() throws IOException {
        StringWriter verdicts = new StringWriter();
        CommandLine check = Main.commandLine();
        check.setOut(new PrintWriter(verdicts, true));
        check.setErr(new PrintWriter(new StringWriter(), true));
        assertThat(check.execute("check", scenario.toString())).isZero();
        List<String> lines = verdicts.toString().lines().toList();
        assertThat(lines).hasSameSizeAs(Files.readAllLines(EXAMPLE.resolve("expected.ndjson")));
        return lines;
    }

    @Test
    void a_broker_that_is_not_there_is_said_at_once_and_not_record_by_record() throws IOException {
        try (Deployment deployment = cluster.deploy("load-nowhere");
                ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String nowhere = "127.0.0.1:" + free.getLocalPort();
            free.close();
            Map<String, String> settings = new HashMap<>(deployment.settings("load"));
            settings.put("kafka.bootstrap.servers", nowhere);
            settings.put("kafka.default.api.timeout.ms", "2000");
            settings.put("kafka.request.timeout.ms", "2000");

            assertThat(execute("load", scenario.toString(), "--config", file(settings)))
                    .isEqualTo(3);
            assertThat(err.toString()).contains("no broker answers at " + nowhere);
        }
    }

    @Test
    void a_topic_that_is_missing_is_named_before_anything_is_published() throws IOException {
        try (Deployment deployment = cluster.deploy("load-half")) {
            Map<String, String> settings = new HashMap<>(deployment.settings("load"));
            settings.put("cloverwatch.topic.consents", "no-consents");

            assertThat(execute("load", scenario.toString(), "--config", file(settings)))
                    .isEqualTo(3);
            assertThat(err.toString()).contains("missing at").contains("no-consents");
        }
    }

    @Test
    void a_policy_with_a_misspelt_key_stops_it_with_file_and_line() throws IOException {
        Path policy = scenario.resolve("policy.yaml");
        append(policy, "exemptt: []");
        try (Deployment deployment = cluster.deploy("load-misspelt")) {
            assertThat(execute("load", scenario.toString(), "--config", file(deployment.settings("load"))))
                    .isEqualTo(2);
            assertThat(err.toString()).contains(policy.toString()).contains("exemptt");
        }
    }

    @Test
    void a_directory_that_is_not_there_is_the_user_s_mistake() {
        String nowhere = scenario.resolve("nowhere").toString();

        assertThat(execute("load", nowhere, "--config", file(Map.of()))).isEqualTo(2);
        assertThat(err.toString()).contains(nowhere);
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }

    private static String file(Map<String, String> settings) {
        try {
            return Files.write(
                            dir.resolve("load.properties"),
                            settings.entrySet().stream()
                                    .map(setting -> setting.getKey() + "=" + setting.getValue())
                                    .toList())
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int execute(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }
}
