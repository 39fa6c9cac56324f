package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.LoopbackCluster;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.SampleRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What an operator sees when {@code run} cannot start: whose fault it is, and what to change. */
@Timeout(60)
class RunCommandTest {

    @TempDir
    static Path dir;

    private static LoopbackCluster cluster;
    private static Deployment deployment;

    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();
    private final Map<String, String> settings = new HashMap<>();

    @BeforeAll
    static void startCluster() throws IOException {
        cluster = LoopbackCluster.start(dir);
        deployment = cluster.deploy("run");
    }

    @AfterAll
    static void stopCluster() {
        deployment.close();
        cluster.close();
    }

    @BeforeEach
    void settingsWithWhichItWouldStart() {
        settings.putAll(deployment.settings("a"));
        settings.put("cloverwatch.http.port", "0");
        settings.put("schema.registry.retry.timeout.ms", "1000");
    }

    @Test
    void a_registry_that_is_not_there_is_named_with_its_address() throws IOException {
        String url = "http://127.0.0.1:" + freePort();
        settings.put("schema.registry.url", url);

        assertThat(run()).isEqualTo(3);
        assertThat(message()).contains("schema registry").contains(url).contains("cannot connect");
    }

    @Test
    void a_registry_that_refuses_the_credentials_is_not_asked_again_and_the_secret_is_not_shown() throws IOException {
        HttpServer guarded = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        guarded.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        guarded.start();
        try {
            String url = "http://127.0.0.1:" + guarded.getAddress().getPort();
            settings.put("schema.registry.url", url);
            settings.put("schema.registry.basic.auth.user.info", "monitor:open-sesame");

            assertThat(run()).isEqualTo(3);
            assertThat(message())
                    .contains(url + " refuses the credentials (HTTP 401)")
                    .contains("schema.registry.basic.auth.user.info")
                    .doesNotContain("open-sesame");
        } finally {
            guarded.stop(0);
        }
    }

    @Test
    void a_broker_that_is_not_there_is_named_with_its_address_and_how_long_it_was_waited_for() throws IOException {
        String servers = "127.0.0.1:" + freePort();
        settings.put("kafka.bootstrap.servers", servers);
        settings.put("kafka.default.api.timeout.ms", "2000");
        settings.put("kafka.request.timeout.ms", "2000");

        assertThat(run()).isEqualTo(3);
        assertThat(message()).isEqualTo("cloverwatch: no broker answers at " + servers + " within 2 s");
    }

    @Test
    void all_topics_that_are_missing_are_named_at_once_and_no_other() throws IOException {
        settings.put("cloverwatch.topic.rejects", "no-rejects");
        settings.put("cloverwatch.topic.gateways", "no-gateways");

        assertThat(run()).isEqualTo(3);
        assertThat(message())
                .contains("missing at " + cluster.bootstrapServers())
                .contains("no-rejects")
                .contains("no-gateways")
                .doesNotContain("run.access-events.v1");
    }

    @Test
    void a_longer_time_out_for_single_requests_is_no_mistake() throws IOException {
        settings.put("kafka.request.timeout.ms", "60000");
        settings.put("cloverwatch.topic.rejects", "no-rejects");

        assertThat(run()).isEqualTo(3);
        assertThat(message()).contains("missing at").contains("no-rejects");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.security.protocol, PLANETEXT",
        "kafka.default.api.timeout.ms, 10",
        "streams.num.stream.threads, many",
        "streams.commit.interval.ms, 3600000",
    })
    void a_setting_that_kafka_refuses_is_the_user_s_mistake(String key, String value) throws IOException {
        settings.put(key, value);

        assertThat(run()).isEqualTo(2);
        assertThat(message()).contains("refuses them").contains(key.replaceFirst("^(kafka|streams)[.]", ""));
    }

    @Test
    void a_file_in_the_place_of_the_state_directory_is_named() throws IOException {
        Path file = Files.writeString(dir.resolve("a-file"), "");
        settings.put("cloverwatch.state.dir", file.toString());

        assertThat(run()).isEqualTo(3);
        assertThat(message()).contains("cloverwatch.state.dir: " + file + " cannot be written");
    }

    @Test
    void a_state_directory_that_another_monitor_uses_is_named() throws IOException {
        try (Monitor other = deployment.monitor("a")) {
            assertThat(run()).isEqualTo(3);
            assertThat(message()).contains("cloverwatch.state.dir").contains(settings.get("cloverwatch.state.dir"));
            assertThat(other.ended()).isNotDone();
        }
    }

    @Test
    void offsets_that_are_gone_while_there_is_state_are_the_environment_s_and_told() throws Exception {
        try (Deployment away = cluster.deploy("away-for-long")) {
            away.publish(SampleRecords.policy(), SampleRecords.leaking("a"));
            try (Monitor monitor = away.monitor("a")) {
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> away.violatingEvents().size() == 1);
            }
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
                await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
                    admin.deleteConsumerGroups(List.of("away-for-long")).all().get();
                    return true;
                });
            }
            settings.putAll(away.settings("a"));

            assertThat(run()).isEqualTo(3);
            assertThat(message()).contains("the offsets of group away-for-long are gone");
            assertThat(away.violatingEvents()).hasSize(1);
        }
    }

    @Test
    void a_missing_pseudonym_key_is_the_user_s_to_make() throws IOException {
        settings.remove("cloverwatch.pseudonym.key");

        assertThat(run()).isEqualTo(2);
        assertThat(message()).contains("cloverwatch.pseudonym.key is not set").contains("CLOVERWATCH_PSEUDONYM_KEY");
    }

    @Test
    void a_missing_broker_address_is_the_user_s_to_give() throws IOException {
        settings.remove("kafka.bootstrap.servers");

        assertThat(run()).isEqualTo(2);
        assertThat(message()).contains("kafka.bootstrap.servers is not set");
    }

    @Test
    void an_unknown_key_is_named_with_the_file() throws IOException {
        settings.put("cloverwatch.lokback", "P7D");

        assertThat(run()).isEqualTo(2);
        assertThat(message()).contains("cloverwatch.lokback").contains("cloverwatch.properties");
    }

    @Test
    void an_http_port_in_use_is_named() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            settings.put("cloverwatch.http.port", Integer.toString(taken.getLocalPort()));

            assertThat(run()).isEqualTo(3);
            assertThat(message()).contains("port " + taken.getLocalPort() + " of 127.0.0.1 is in use");
        }
    }

    @Test
    void a_configuration_file_that_is_not_there_is_the_user_s_mistake() {
        assertThat(execute("run", "--config", dir.resolve("nowhere.properties").toString()))
                .isEqualTo(2);
        assertThat(message()).contains("nowhere.properties");
    }

    private int run() throws IOException {
        List<String> lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.toList());
        Path file = Files.write(dir.resolve("cloverwatch.properties"), lines);
        return execute("run", "--config", file.toString());
    }

    private int execute(String... args) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(args);
    }

    /** The last line: before it there may be the address of the status. */
    private String message() {
        assertThat(out.toString()).isEmpty();
        List<String> lines = err.toString().lines().toList();
        assertThat(lines).isNotEmpty();
        return lines.get(lines.size() - 1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
