package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import eu.cloverwatch.cli.Program.Ended;
import eu.cloverwatch.cli.SecuredBroker.Listener;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.runtime.ViolationReader;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.topology.TopologySettings.StoreKind;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the configuration says of TLS and SASL reaches every client that there is: a listener takes none that does not know it.
 * And what it says in secret is said nowhere again.
 */
@Timeout(180)
class TransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path EXAMPLE = Path.of("examples/scenario");
    private static final String PSEUDONYM_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

    @TempDir
    static Path dir;

    private static SecuredBroker broker;
    private static long events;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(dir);
        events = Files.readAllLines(EXAMPLE.resolve("access-events.ndjson")).size();
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static Map<String, String> settings(Listener listener) throws IOException {
        String name = listener.name().toLowerCase(Locale.ROOT);
        Map<String, String> settings = new HashMap<>(broker.settings(listener));
        settings.put("cloverwatch.application.id", name);
        settings.put("cloverwatch.topics.prefix", name + ".");
        settings.put("cloverwatch.topics.partitions", "2");
        settings.put("cloverwatch.topics.replication.factor", "1");
        settings.put("cloverwatch.topics.min.insync.replicas", "1");
        settings.put("cloverwatch.topics.retention.inputs", "forever");
        settings.put("cloverwatch.state.dir", dir.resolve("state-" + name).toString());
        settings.put(
                "cloverwatch.pseudonym.key",
                "${file:" + Files.writeString(dir.resolve("pseudonym-key"), PSEUDONYM_KEY) + "}");
        settings.put("streams.commit.interval.ms", "100");
        // Who closes a consumer waits for what it has asked for.
        settings.put("kafka.fetch.max.wait.ms", "20");
        return settings;
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void every_client_passes_and_no_secret_is_told(Listener listener) throws Exception {
        Map<String, String> settings = settings(listener);
        List<String> said = new ArrayList<>();
        try (CapturedLog log = new CapturedLog()) {
            String config = Program.config(dir, settings);
            said.addAll(run("topics", "apply", "--config", config));
            said.addAll(run("load", EXAMPLE.toString(), "--config", config));
            judgeAndRestore(settings);
            said.addAll(run(
                    "policy",
                    "publish",
                    EXAMPLE.resolve("policy.yaml").toString(),
                    "--dry-run",
                    "--force",
                    "--config",
                    config));
            said.addAll(run(
                    "replay",
                    "--config",
                    config,
                    "--from",
                    "2023-01-01T00:00:00Z",
                    "--to",
                    "2026-01-01T00:00:00Z",
                    "--out",
                    dir.resolve("report-" + listener).toString()));
            said.addAll(log.lines());
        }
        Configuration configuration = Configuration.load(null, Map.of(), settings);
        said.add(configuration.effective().toString());
        said.add(configuration.toString());
        for (String command : Main.commandLine().getSubcommands().keySet()) {
            said.addAll(run(command, "--help"));
        }

        assertThat(said.toString()).contains("ssl.truststore.location").contains("eu.cloverwatch");
        assertThat(said).allSatisfy(TransportTest::assertNoSecret);
        try (Stream<Path> report = Files.walk(dir.resolve("report-" + listener))) {
            for (Path file : report.filter(Files::isRegularFile).toList()) {
                assertNoSecret(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static void assertNoSecret(String text) {
        for (String secret : secrets()) {
            if (text.contains(secret)) {
                // Without the secret, which is none of the build's log either.
                throw new AssertionError("a secret is told: " + text.replace(secret, "***"));
            }
        }
    }

    private static List<String> secrets() {
        try {
            List<String> secrets = new ArrayList<>(
                    List.of(PSEUDONYM_KEY, "of 5cram", SecuredBroker.CLIENT_SECRET, broker.clientKey()));
            broker.tokens().tokens().forEach(token -> secrets.add(token.substring(token.lastIndexOf('.'))));
            return secrets;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> run(String... arguments) {
        Ended ended = Program.run(arguments);
        assertThat(ended.code())
                .as(String.join(" ", arguments) + "\n" + ended.err())
                .isZero();
        List<String> said = new ArrayList<>(ended.out());
        said.add(ended.err());
        return said;
    }

    /** The second time without the state that was on disk: it is restored from the cluster. */
    private static void judgeAndRestore(Map<String, String> settings) throws Exception {
        Configuration configuration = Configuration.load(null, Map.of(), settings);
        Map<Outcome, Long> judged = judge(configuration);
        try (Stream<Path> files = Files.walk(configuration.stateDir())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }
        assertThat(judge(configuration)).isEqualTo(judged);
        FinalViolations violations = new FinalViolations();
        try (RecordSerde serde = RecordSerdes.open(RegistrySettings.from(configuration.schemaRegistry()));
                ViolationReader reader = new ViolationReader(configuration, serde)) {
            reader.readToEnd(violations::add);
        }
        assertThat(violations.verdicts()).hasSameSizeAs(Files.readAllLines(EXAMPLE.resolve("expected.ndjson")));
    }

    private static Map<Outcome, Long> judge(Configuration configuration) throws Exception {
        try (Monitor monitor = Monitor.start(configuration, StoreKind.PERSISTENT);
                Quiescence quiescence = new Quiescence(configuration, StateStores.WORK)) {
            await().atMost(PATIENCE).until(() -> {
                assertThat(monitor.ended()).isNotDone();
                return monitor.outcomes()
                                .map(counts -> counts.values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum())
                                .orElse(0L)
                        == events;
            });
            await().atMost(PATIENCE).until(quiescence::isQuiet);
            return monitor.outcomes().orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource(Listener.class)
    void a_client_that_says_nothing_of_it_is_not_let_in(Listener listener) throws Exception {
        Map<String, String> settings = settings(listener);
        Map<String, String> plain = new HashMap<>(settings);
        plain.keySet().removeIf(key -> key.matches("kafka[.](ssl|sasl|security)[.].*"));
        plain.put("kafka.default.api.timeout.ms", "2000");
        plain.put("kafka.request.timeout.ms", "2000");

        assertThat(Program.run("topics", "plan", "--config", Program.config(dir, plain))
                        .code())
                .isEqualTo(3);
    }

    @Test
    void wrong_and_garbled_secrets_are_refused_without_being_repeated() throws Exception {
        Map<String, String> wrong = settings(Listener.SCRAM);
        String module = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"cloverwatch\"";
        wrong.put("kafka.sasl.jaas.config", module + " password=\"open-5esame\";");
        Ended refused = Program.run("topics", "plan", "--config", Program.config(dir, wrong));
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("invalid credentials").doesNotContain("5esame");

        wrong.put("kafka.sasl.jaas.config", module + " password=open 5esame;");
        for (String command : List.of("plan", "replay", "run", "load")) {
            Ended garbled = Program.run(arguments(command, Program.config(dir, wrong)));
            assertThat(garbled.code()).as(garbled.err()).isEqualTo(2);
            assertThat(garbled.err()).contains("sasl.jaas.config").doesNotContain("5esame");
        }

        Map<String, String> key = settings(Listener.MTLS);
        key.put("kafka.ssl.keystore.key", "-----BEGIN PRIVATE KEY-----\n5esame\n-----END PRIVATE KEY-----");
        Ended noKey = Program.run("topics", "plan", "--config", Program.config(dir, key));
        assertThat(noKey.code()).isEqualTo(2);
        assertThat(noKey.err()).doesNotContain("5esame");

        Map<String, String> client = settings(Listener.OAUTH);
        client.put("kafka.sasl.oauthbearer.client.credentials.client.secret", "open-5esame");
        Ended noToken = Program.run("topics", "plan", "--config", Program.config(dir, client));
        assertThat(noToken.code()).as(noToken.err()).isIn(2, 3);
        assertThat(noToken.err()).doesNotContain("5esame");
    }

    private static String[] arguments(String command, String config) {
        return switch (command) {
            case "plan" -> new String[] {"topics", "plan", "--config", config};
            case "load" -> new String[] {"load", EXAMPLE.toString(), "--config", config};
            case "run" -> new String[] {"run", "--config", config};
            default ->
                new String[] {
                    "replay",
                    "--config",
                    config,
                    "--from",
                    "2023-01-01T00:00:00Z",
                    "--to",
                    "2024-01-01T00:00:00Z",
                    "--out",
                    dir.resolve("never").toString()
                };
        };
    }
}
