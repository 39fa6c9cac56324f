package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.Times;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the commands that read historic topics have in common. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class History {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    @Option(
            names = "--from",
            paramLabel = "T",
            required = true,
            description = "Start of the range, inclusive, as 2026-03-01T00:00:00Z; of occurred_at.")
    private String from;

    @Option(names = "--to", paramLabel = "T", required = true, description = "End of the range, exclusive.")
    private String to;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "How many partitions are read at a time; default: as many as there are processors.")
    private int workers = Runtime.getRuntime().availableProcessors();

    private @Nullable Configuration loaded;

    Configuration configuration() {
        Configuration known = loaded;
        if (known == null) {
            known = Configuration.load(config, System.getenv(), Map.of());
            loaded = known;
        }
        return known;
    }

    /** @throws ParameterException if the range is none */
    Instant from(CommandSpec spec) {
        return time("--from", from, spec);
    }

    /** @throws ParameterException if the range is none */
    Instant to(CommandSpec spec) {
        Instant end = time("--to", to, spec);
        if (!from(spec).isBefore(end)) {
            throw new ParameterException(
                    spec.commandLine(), "--to: expected a time after --from (" + from + "), got '" + to + "'");
        }
        return end;
    }

    static Instant time(String option, String text, CommandSpec spec) {
        try {
            return Times.parse(text);
        } catch (RuntimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + ": expected a time with zone, such as 2026-03-01T00:00:00Z, got '" + text + "'",
                    e);
        }
    }

    RecordSerde serde() {
        return ConfiguredSerde.open(configuration());
    }

    ReplaySource source(RecordSerde serde, CommandSpec spec) {
        if (workers < 1) {
            throw new ParameterException(spec.commandLine(), "--workers: expected 1 or more, got " + workers);
        }
        configuration().requireBootstrapServers();
        Map<Topic, String> names = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            names.put(topic, configuration().topicName(topic));
        }
        return new ReplaySource(configuration().kafka(), names, serde, workers);
    }

    Pseudonyms pseudonyms() {
        return new Pseudonyms(configuration().pseudonymKeyId(), configuration().requirePseudonymKey());
    }

    /** A bar for each stage, on a terminal only. */
    static final class Bars implements ReplayProgress, AutoCloseable {

        private @Nullable Progress bar;
        private long done;

        @Override
        public synchronized void stage(String name, long total) {
            close();
            done = 0;
            bar = new Progress(name, total);
        }

        @Override
        public synchronized void done(long more) {
            done += more;
            if (bar != null) {
                bar.to(done);
            }
        }

        @Override
        public synchronized void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }
}
