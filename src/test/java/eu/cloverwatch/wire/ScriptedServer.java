package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** An HTTP server on loopback that answers what it is told to, in order; the last answer is repeated. */
final class ScriptedServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Reply last = json(500, "{}");

    record Seen(String method, String path, @Nullable String authorization) {}

    interface Reply {
        void to(HttpExchange exchange, CountDownLatch closing) throws IOException;
    }

    private ScriptedServer(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static ScriptedServer plain() throws IOException {
        return new ScriptedServer(HttpServer.create(loopback(0), 0));
    }

    static ScriptedServer plain(int port) throws IOException {
        return new ScriptedServer(HttpServer.create(loopback(port), 0));
    }

    static ScriptedServer tls(SSLContext context, boolean clientCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(loopback(0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ssl = context.getDefaultSSLParameters();
                ssl.setNeedClientAuth(clientCertificate);
                parameters.setSSLParameters(ssl);
            }
        });
        return new ScriptedServer(server);
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    ScriptedServer answering(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    static Reply json(int status, String body) {
        return (exchange, closing) -> send(exchange, status, body);
    }

    /** No answer, until the server is closed. */
    static Reply silence() {
        return (exchange, closing) -> awaited(closing);
    }

    /** The status line, and then no body. */
    static Reply headersOnly() {
        return (exchange, closing) -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaited(closing);
        };
    }

    /** As {@code then}, if the header of that name is this; else 401. */
    static Reply ifAuthorized(String value, Reply then) {
        return (exchange, closing) -> {
            if (value.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                then.to(exchange, closing);
            } else {
                send(exchange, 401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");
            }
        };
    }

    private static void awaited(CountDownLatch closing) throws IOException {
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getRawPath(),
                    exchange.getRequestHeaders().getFirst("Authorization")));
            Reply next = replies.poll();
            if (next != null) {
                last = next;
            }
            last.to(exchange, closing);
        }
    }

    List<Seen> seen() {
        return seen;
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return (server instanceof HttpsServer ? "https" : "http") + "://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
