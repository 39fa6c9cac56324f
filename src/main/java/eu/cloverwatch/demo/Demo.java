package eu.cloverwatch.demo;

import eu.cloverwatch.console.StatusServer;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.runtime.Health;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.MonitorMetrics;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.runtime.ViolationReader;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.topology.TopologySettings;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry and monitor in one process, on 127.0.0.1, in a directory that is removed at the end. The monitor is the
 * one that {@code run} runs, configured as a user would.
 */
public final class Demo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);
    /** How late facts may be. */
    public static final Duration LOOKBACK = Duration.ofDays(7);

    private static final String HOST = "127.0.0.1";
    private static final long LOOK_AGAIN_MS = 50;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final StatusServer http;
    private final EmbeddedBroker broker;
    private final Configuration configuration;
    private final RecordSerde serde;
    private volatile @Nullable Monitor monitor;
    private volatile @Nullable MonitorMetrics metrics;
    private volatile @Nullable Quiescence quiescence;

    private Demo(int httpPort, int brokerPort) {
        try {
            Path directory = directory();
            this.http = open(StatusServer.start(HOST, httpPort, this::health, this::scrape));
            new RegistryServer(http.http(), "/registry");
            this.broker = broker(brokerPort, directory.resolve("broker"));
            this.configuration = configuration(directory.resolve("state"));
            this.serde = open(RecordSerdes.open(RegistrySettings.from(configuration.schemaRegistry())));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts broker, registry and HTTP; the monitor is started by {@link #startMonitor}.
     *
     * @param httpPort 0 for any free one, likewise brokerPort
     * @throws EnvironmentException if a port is in use
     */
    public static Demo start(int httpPort, int brokerPort) {
        return new Demo(httpPort, brokerPort);
    }

    private Path directory() {
        try {
            Path directory = Files.createTempDirectory("cloverwatch-demo-");
            opened.push(() -> delete(directory));
            return directory;
        } catch (IOException e) {
            throw new EnvironmentException("no temporary directory can be made: " + e.getMessage(), e);
        }
    }

    private EmbeddedBroker broker(int port, Path directory) {
        try {
            EmbeddedBroker started = open(EmbeddedBroker.start(port, directory));
            started.createTopics(DemoTopics.all());
            return started;
        } catch (EmbeddedBrokerException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    private Configuration configuration(Path state) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registryAddress());
        settings.put("cloverwatch.state.dir", state.toString());
        settings.put("cloverwatch.lookback", LOOKBACK.toString());
        // A scenario may span years.
        settings.put("cloverwatch.history.horizon", "P3650D");
        settings.put("cloverwatch.pseudonym.key.id", "demo");
        // Not a secret: whoever runs the demo may know whom it is about.
        byte[] key = Sha256.of("cloverwatch demo".getBytes(StandardCharsets.UTF_8));
        settings.put("cloverwatch.pseudonym.key", Base64.getEncoder().encodeToString(key));
        return Configuration.load(null, Map.of(), settings);
    }

    public String httpAddress() {
        return http.address();
    }

    public String registryAddress() {
        return http.address() + "/registry";
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public Loader loader() {
        return new Loader(configuration, serde);
    }

    public ViolationReader violations() {
        return new ViolationReader(configuration, serde);
    }

    /** What was published before is read before the first event is judged, as far as it is facts for all. */
    public void startMonitor() {
        Monitor started = Monitor.start(configuration, TopologySettings.StoreKind.IN_MEMORY);
        monitor = started;
        metrics = new MonitorMetrics(started);
        quiescence = new Quiescence(configuration, StateStores.WORK);
    }

    /**
     * Waits until this many access events have an outcome, and what was published beside them has had its effect.
     *
     * @param progress is told now and then how many have
     * @return the outcomes
     * @throws EnvironmentException if the monitor ends before
     */
    public Map<Outcome, Long> awaitJudged(long events, LongConsumer progress) throws InterruptedException {
        while (true) {
            Optional<Map<Outcome, Long>> judged = judged(events);
            if (judged.isPresent()) {
                return judged.get();
            }
            progress.accept(outcomes().map(Demo::sum).orElse(0L));
            Thread.sleep(LOOK_AGAIN_MS);
        }
    }

    /** The outcomes, if this many access events have one and the monitor is done with everything else, too. */
    public Optional<Map<Outcome, Long>> judged(long events) throws InterruptedException {
        boolean enough = outcomes().map(Demo::sum).orElse(-1L) >= events;
        return enough && isQuiet() ? outcomes() : Optional.empty();
    }

    /**
     * Waits until the monitor is done with everything that was published.
     *
     * @throws EnvironmentException if the monitor ends before
     */
    public void awaitQuiet() throws InterruptedException {
        while (!isQuiet()) {
            checkAlive();
            Thread.sleep(LOOK_AGAIN_MS);
        }
    }

    private boolean isQuiet() throws InterruptedException {
        Quiescence q = quiescence;
        return q != null && q.isQuiet();
    }

    /** Number of events by outcome; empty while it cannot be told. */
    public Optional<Map<Outcome, Long>> outcomes() {
        checkAlive();
        Monitor running = monitor;
        return running == null ? Optional.empty() : running.outcomes();
    }

    /** @throws EnvironmentException if monitor or broker have ended by themselves */
    public void checkAlive() {
        Monitor running = monitor;
        try {
            if (running != null) {
                running.ended().getNow(null);
            }
        } catch (CompletionException e) {
            throw new EnvironmentException("the monitor ended: " + e.getCause(), e);
        }
        EmbeddedBrokerException fault = broker.fault().toCompletableFuture().getNow(null);
        if (fault != null) {
            throw new EnvironmentException(String.valueOf(fault.getMessage()), fault);
        }
    }

    /** Of all outcomes: the number of events judged. */
    public static long sum(Map<Outcome, Long> outcomes) {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Ends the monitor: afterwards everything that it found is committed. */
    public synchronized void stopMonitor() {
        Quiescence q = quiescence;
        MonitorMetrics m = metrics;
        Monitor running = monitor;
        quiescence = null;
        metrics = null;
        monitor = null;
        if (q != null) {
            q.close();
        }
        if (m != null) {
            m.close();
        }
        if (running != null) {
            running.close();
        }
    }

    /** The violations topic, read from its beginning. */
    public FinalViolations readViolations() {
        FinalViolations violations = new FinalViolations();
        try (ViolationReader reader = violations()) {
            reader.readToEnd(violations::add);
        }
        return violations;
    }

    private Health health() {
        Monitor running = monitor;
        return running == null ? Health.STARTING : running.health();
    }

    private String scrape() {
        MonitorMetrics m = metrics;
        return m == null ? "" : m.scrape();
    }

    private <T extends AutoCloseable> T open(T resource) {
        opened.push(resource);
        return resource;
    }

    @Override
    public synchronized void close() {
        stopMonitor();
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                log.warn("while closing", e);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
