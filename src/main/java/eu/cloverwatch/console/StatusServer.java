package eu.cloverwatch.console;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.Health;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Health and metrics over HTTP: {@code /health} and {@code /health/ready} (200 only while the monitor is UP),
 * {@code /health/live} (200 unless it is DOWN), {@code /metrics} (Prometheus text). A request that takes longer than 5 s to
 * arrive, or an answer that takes longer than 10 s to be made and read, is given up.
 */
public final class StatusServer implements AutoCloseable {

    /** One that speaks slowly has a thread for itself, and a probe must still find one. One more than these is hung up on. */
    private static final int THREADS = 128;

    private static final int IDLE_THREAD_SECONDS = 30;

    /** A probe waits for 5 s; Prometheus, unless told otherwise, for 10 s. */
    private static final int REQUEST_SECONDS = 5;

    private static final int ANSWER_SECONDS = 10;

    static {
        // Read once, by the first server of the process: by themselves, the JDK's servers wait for a request for ever.
        limit("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        limit("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private StatusServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts to answer.
     *
     * @param port 0 for any free one
     * @throws EnvironmentException if the port is in use, or the host is not one of this machine's
     */
    public static StatusServer start(String host, int port, Supplier<Health> health, Supplier<String> metrics) {
        HttpServer http = bind(host, port);
        ExecutorService threads = threads();
        http.setExecutor(threads);
        http.createContext("/health", exchange -> health(exchange, health.get()));
        http.createContext("/metrics", exchange -> metrics(exchange, metrics));
        http.start();
        return new StatusServer(http, threads);
    }

    private static ExecutorService threads() {
        return new ThreadPoolExecutor(
                0, THREADS, IDLE_THREAD_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "http");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Whoever started the JVM may have said otherwise. */
    private static void limit(String property, int seconds) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(seconds));
        }
    }

    private static HttpServer bind(String host, int port) {
        try {
            return HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (BindException e) {
            throw new EnvironmentException(
                    isOurs(host)
                            ? "port " + port + " of " + host + " is in use; choose another, or 0 for any free one"
                            : host + " is no address of this machine: HTTP cannot be served there",
                    e);
        } catch (IOException e) {
            throw new EnvironmentException("HTTP cannot be served on " + host + ":" + port + ": " + e.getMessage(), e);
        }
    }

    private static boolean isOurs(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static void metrics(HttpExchange exchange, Supplier<String> metrics) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/metrics")) {
            answer(exchange, 404, "not found\n");
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        answer(exchange, 200, metrics.get());
    }

    private static void health(HttpExchange exchange, Health health) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean live = path.equals("/health/live");
        if (!live && !path.equals("/health") && !path.equals("/health/ready")) {
            answer(exchange, 404, "{\"error\":\"not found\"}");
            return;
        }
        boolean good = live ? health != Health.DOWN : health == Health.UP;
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        answer(exchange, good ? 200 : 503, "{\"status\":\"" + health + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        try (exchange) {
            if (!head && !exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
            if (!head) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    /** For more to be served beside the status. */
    public HttpServer http() {
        return server;
    }

    /** {@code http://host:port}, with the port that is really used. */
    public String address() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
