package eu.cloverwatch.cli;

import eu.cloverwatch.console.StatusServer;
import eu.cloverwatch.runtime.Causes;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.runtime.Health;
import eu.cloverwatch.runtime.Monitor;
import eu.cloverwatch.runtime.MonitorMetrics;
import eu.cloverwatch.topology.TopologySettings;
import eu.cloverwatch.wire.RegistryUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Runs the monitor against a cluster until it is told to end (Ctrl-C, SIGTERM).")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunCommand implements Callable<Integer> {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Spec
    private CommandSpec spec;

    private final AtomicReference<@Nullable Monitor> monitor = new AtomicReference<>();
    private final AtomicReference<@Nullable MonitorMetrics> metrics = new AtomicReference<>();

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = Configuration.load(config, System.getenv(), Map.of());
        try (StatusServer http =
                StatusServer.start(configuration.httpHost(), configuration.httpPort(), this::health, this::scrape)) {
            spec.commandLine().getErr().println("health and metrics at " + http.address());
            try (Monitor started = Monitor.start(configuration, TopologySettings.StoreKind.PERSISTENT)) {
                Shutdown.closes(started);
                monitor.set(started);
                metrics.set(new MonitorMetrics(started));
                started.ended().get();
            } catch (ExecutionException e) {
                throw ended(e);
            }
        }
        return ExitCode.FINE.code();
    }

    /** Kafka, the registry and the disk are the environment; anything else that ends the monitor is a bug. */
    private static RuntimeException ended(ExecutionException e) {
        Throwable root = Causes.root(e);
        boolean environment = root instanceof KafkaException
                || root instanceof RegistryUnavailableException
                || root instanceof RocksDBException
                || root instanceof IOException;
        String message = "the monitor ended: " + Causes.message(e);
        return environment ? new EnvironmentException(message, e) : new IllegalStateException(message, e);
    }

    private Health health() {
        Monitor started = monitor.get();
        return started == null ? Health.STARTING : started.health();
    }

    private String scrape() {
        MonitorMetrics started = metrics.get();
        return started == null ? "" : started.scrape();
    }
}
