package eu.cloverwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.Health;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who speaks slowly, or not at all, keeps no probe waiting: a liveness probe without answer kills the pod. */
@Timeout(120)
class SlowClientsTest {

    private static final String HALF_A_REQUEST = "GET /health HTTP/1.1\r\nHost: localhost\r\n";

    /** As in the chart. */
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(5);

    @Test
    void aProbeIsAnsweredWhileFiftyRequestsAreHalfSent() throws Exception {
        try (StatusServer server = StatusServer.start("127.0.0.1", 0, () -> Health.UP, () -> "")) {
            URI address = URI.create(server.address());
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 50; i++) {
                    slow.add(halfARequest(address));
                }
                assertThat(probe(address)).isEqualTo(200);
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }
    }

    /** In a process of its own, as the JDK reads the limit once, and another test may have had it read before. */
    @Test
    void aHalfSentRequestIsGivenUpAfterAFewSeconds() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Server.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            URI address = URI.create(said.readLine());
            try (Socket slow = halfARequest(address)) {
                slow.setSoTimeout(60_000);
                assertThat(slow.getInputStream().read())
                        .as("end of the connection")
                        .isEqualTo(-1);
            }
            assertThat(probe(address)).isEqualTo(200);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    static final class Server {
        public static void main(String[] arguments) throws IOException {
            StatusServer server = StatusServer.start("127.0.0.1", 0, () -> Health.UP, () -> "");
            System.out.println(server.address());
            System.in.read();
        }
    }

    private static Socket halfARequest(URI address) throws IOException {
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.getOutputStream().write(HALF_A_REQUEST.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static int probe(URI address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/health/live"))
                .timeout(PROBE_PATIENCE)
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }
}
