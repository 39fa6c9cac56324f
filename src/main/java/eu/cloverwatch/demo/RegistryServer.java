package eu.cloverwatch.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry in the process, with Confluent's API, below a path of an HTTP server. What it holds is gone with it.
 * Compatibility is BACKWARD unless set otherwise.
 */
public final class RegistryServer {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int LONGEST_BODY = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryApi api = new RegistryApi();
    private final String root;

    /**
     * Adds the registry to a server, which the caller starts and stops.
     *
     * @param path where, for example {@code /registry}; {@code /} for the whole server
     */
    public RegistryServer(HttpServer server, String path) {
        this.root = path.replaceAll("/+$", "");
        server.createContext(root.isEmpty() ? "/" : root, this::handle);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                reply(exchange, 200, api.answer(request(exchange)));
            } catch (RegistryFault e) {
                fail(exchange, e);
            } catch (RuntimeException e) {
                LOG.error("registry: {} failed", exchange.getRequestMethod(), e);
                fail(exchange, new RegistryFault(50001, "Error in the registry"));
            }
        }
    }

    private RegistryApi.Request request(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        String path = uri.getRawPath().substring(root.length());
        if (!path.isEmpty() && !path.startsWith("/")) {
            throw RegistryFault.notFound();
        }
        List<String> segments = Stream.of(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
        return new RegistryApi.Request(exchange.getRequestMethod(), segments, query(uri.getRawQuery()), body(exchange));
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryFault(400, "Bad escape in the address");
        }
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw new RegistryFault(413, "HTTP 413 Request Entity Too Large");
        }
        if (bytes.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new RegistryFault(400, "Bad JSON");
        }
    }

    private static void fail(HttpExchange exchange, RegistryFault fault) throws IOException {
        Map<String, Object> body = Map.of("error_code", fault.code(), "message", String.valueOf(fault.getMessage()));
        reply(exchange, fault.status(), body);
    }

    private static void reply(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] bytes =
                answer instanceof RegistryApi.RawJson raw ? raw.text().getBytes(UTF_8) : JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
