package eu.cloverwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.Health;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {

    private static final String HOST = "127.0.0.1";

    private final AtomicReference<Health> health = new AtomicReference<>(Health.STARTING);
    private final HttpClient client = HttpClient.newHttpClient();
    private StatusServer server;

    @BeforeEach
    void start() {
        server = StatusServer.start(HOST, 0, health::get, () -> "some_metric 1.0\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "STARTING, /health, 503",
        "STARTING, /health/ready, 503",
        "STARTING, /health/live, 200",
        "UP, /health, 200",
        "UP, /health/ready, 200",
        "UP, /health/live, 200",
        "DOWN, /health, 503",
        "DOWN, /health/ready, 503",
        "DOWN, /health/live, 503",
    })
    void ready_is_only_who_judges_and_live_is_also_who_still_starts(Health now, String path, int status)
            throws Exception {
        health.set(now);

        HttpResponse<String> answer = ask("GET", path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo("{\"status\":\"" + now + "\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void metrics_are_in_the_text_format_of_prometheus() throws Exception {
        HttpResponse<String> answer = ask("GET", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body()).isEqualTo("some_metric 1.0\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health/live"})
    void a_head_request_is_answered_without_body(String path) throws Exception {
        HttpResponse<String> answer = ask("HEAD", path);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/healthy", "/health/", "/health/other", "/metrics2", "/metrics/other", "/favicon.ico"})
    void any_other_path_is_not_found(String path) throws Exception {
        assertThat(ask("GET", path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/metrics", "/health"})
    void nothing_can_be_written(String path) throws Exception {
        assertThat(ask("POST", path).statusCode()).isEqualTo(405);
    }

    @Test
    void a_port_in_use_is_named_with_its_host() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            assertThatThrownBy(() -> StatusServer.start(HOST, taken.getLocalPort(), health::get, () -> ""))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " of 127.0.0.1 is in use; choose another, or 0 for any free one");
        }
    }

    /** 192.0.2.0/24 is for documentation (RFC 5737), .invalid for what is no name (RFC 6761): no machine is called so. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "host.invalid"})
    void a_host_that_is_not_this_machine_s_is_named_and_its_port_is_not_said_to_be_in_use(String host) {
        assertThatThrownBy(() -> StatusServer.start(host, 0, health::get, () -> ""))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(host)
                .hasMessageNotContaining("in use");
    }

    @Test
    void after_it_is_closed_its_port_is_free() throws Exception {
        int port = server.http().getAddress().getPort();
        assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
        server.close();

        try (StatusServer next = StatusServer.start(HOST, port, health::get, () -> "")) {
            assertThat(next.address()).isEqualTo("http://127.0.0.1:" + port);
        }
    }

    private HttpResponse<String> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, BodyPublishers.noBody())
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
