package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Requests to the registry's addresses, beginning with the one that answered last. */
final class RegistryHttp implements AutoCloseable {

    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistrySettings settings;
    private final HttpClient client;
    private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
    private volatile int preferred;
    private volatile boolean closed;

    /**
     * What the registry said.
     *
     * @param body missing where it is no JSON
     */
    record Answer(int status, JsonNode body) {

        boolean isOk() {
            return status / 100 == 2;
        }

        /**
         * Whether the registry itself says that there is no such thing. Its own codes (40401, 40403, ...) tell that from an
         * address at which there is no registry at all.
         */
        boolean isUnknown() {
            return status == 404 && body.path("error_code").asInt() / 100 == 404;
        }

        /** For a message: status, and what the registry says about it, cut. */
        String reason() {
            String message = body.path("message").asText();
            return "HTTP " + status
                    + (message.isEmpty() ? "" : ": " + message.substring(0, Math.min(500, message.length())));
        }
    }

    RegistryHttp(RegistrySettings settings) {
        this.settings = settings;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.requestTimeout());
        RegistryTls.context(settings).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /**
     * Asks every address once, until one answers.
     *
     * @param path with a slash in front, encoded
     * @param body null: none
     * @return a success, or a refusal with a client's error (4xx)
     * @throws IOException if no address answers, or all answer with a server's error (5xx), 408 or 429
     * @throws RegistryUnavailableException if the credentials are refused, or it is closed or interrupted: no use in repeating
     */
    Answer send(String method, String path, @Nullable JsonNode body, long deadline) throws IOException {
        IOException failure = null;
        int first = preferred;
        for (int i = 0; i < settings.urls().size(); i++) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                break;
            }
            int at = (first + i) % settings.urls().size();
            URI base = settings.urls().get(at);
            try {
                Answer answer = judged(base, exchange(request(method, base, path, body), base, left));
                preferred = at;
                return answer;
            } catch (IOException e) {
                if (failure != null) {
                    e.addSuppressed(failure);
                }
                failure = e;
            }
        }
        throw failure == null ? new RegistryRetry.OutOfTime(settings.urls() + " not asked") : failure;
    }

    private HttpRequest request(String method, URI base, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE)
                .method(
                        method,
                        body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString(), UTF_8));
        settings.authorization().ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    // The request's own time-out does not cover the body, hence the one here.
    private HttpResponse<String> exchange(HttpRequest request, URI base, long left) throws IOException {
        Duration limit = settings.requestTimeout();
        CompletableFuture<HttpResponse<String>> future = client.sendAsync(request, BodyHandlers.ofString(UTF_8));
        inFlight.add(future);
        try {
            if (closed) {
                future.cancel(true);
            }
            return future.get(Math.min(left, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw left < limit.toNanos()
                    ? new RegistryRetry.OutOfTime(base + " did not answer")
                    : new IOException(base + " did not answer within " + limit.toMillis() + " ms", e);
        } catch (ExecutionException e) {
            if (closed) {
                throw new RegistryUnavailableException("closed while waiting for " + base, e);
            }
            throw failed(base, e.getCause() == null ? e : e.getCause());
        } catch (CancellationException e) {
            throw new RegistryUnavailableException("closed while waiting for " + base, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for " + base, e);
        } finally {
            inFlight.remove(future);
            future.cancel(true);
        }
    }

    private static IOException failed(URI base, Throwable cause) {
        // the JDK gives a refused connection no message
        String why = cause instanceof ConnectException ? "cannot connect" : cause.toString();
        return new IOException(base + ": " + why, cause);
    }

    private static Answer judged(URI base, HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        if (status == 401 || status == 403) {
            throw new RegistryUnavailableException(
                    base + " refuses the credentials (HTTP " + status + "); see schema.registry.basic.auth.user.info, "
                            + "schema.registry.bearer.auth.token and schema.registry.ssl.keystore.location");
        }
        Answer answer = new Answer(status, json(response.body()));
        if (status >= 500 || status == 408 || status == 429) {
            throw new IOException(base + ": " + answer.reason());
        }
        if (answer.isOk() && answer.body().isMissingNode()) {
            throw new IOException(base + ": expected JSON as a schema registry gives it, came something else");
        }
        return answer;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Ends every request under way. */
    @Override
    public void close() {
        closed = true;
        inFlight.forEach(future -> future.cancel(true));
    }
}
