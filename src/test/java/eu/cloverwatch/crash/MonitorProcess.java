package eu.cloverwatch.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code cloverwatch run} from the finished jar: one instance, with a state directory of its own, that can be killed. */
public final class MonitorProcess implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("health and metrics at (http://\\S+)");
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Path config;
    private final Path log;
    private final Path state;
    private final List<String> options;
    private JavaProcess process;

    private MonitorProcess(Path config, Path log, Path state, List<String> options) {
        this.config = config;
        this.log = log;
        this.state = state;
        this.options = options;
        this.process = launch();
    }

    /**
     * Returns at once.
     *
     * @param settings of {@code run}, its state directory among them
     */
    static MonitorProcess start(String name, Path dir, Map<String, String> settings) {
        return start(name, dir, settings, List.of());
    }

    /** @param options of its JVM, which win over those that keep it small */
    public static MonitorProcess start(String name, Path dir, Map<String, String> settings, List<String> options) {
        try {
            Path config = Files.write(
                    dir.resolve(name + ".properties"),
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList());
            Path state = Path.of(settings.getOrDefault("cloverwatch.state.dir", ""));
            return new MonitorProcess(config, dir.resolve(name + ".log"), state, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaProcess launch() {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(
                "-Dcloverwatch.log.kafka=INFO",
                "-jar",
                "target/cloverwatch.jar",
                "run",
                "--config",
                config.toString()));
        return JavaProcess.start(log, arguments);
    }

    public void mustBeAlive() {
        process.mustBeAlive();
    }

    public void kill() {
        process.kill();
    }

    /** SIGTERM; returns when it has ended. */
    public void stop() {
        process.stop();
    }

    /** It does nothing until it is resumed. */
    void suspend() {
        process.signal("STOP");
    }

    void resume() {
        process.signal("CONT");
    }

    /** Whatever it had on disk is gone. */
    public void wipe() {
        deleteAll(state);
    }

    public void startAgain() {
        process = launch();
    }

    /** Whether it is UP. */
    boolean isUp() {
        HttpResponse<String> health = get("/health");
        return health != null && health.statusCode() == 200;
    }

    /** What Prometheus would read; empty if it does not answer. */
    public String metrics() {
        HttpResponse<String> metrics = get("/metrics");
        return metrics == null ? "" : metrics.body();
    }

    private @Nullable HttpResponse<String> get(String path) {
        Matcher address = ADDRESS.matcher(process.output());
        if (!address.find()) {
            return null;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(address.group(1) + path))
                .timeout(ANSWER)
                .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    public static void deleteAll(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
