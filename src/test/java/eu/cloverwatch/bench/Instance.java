package eu.cloverwatch.bench;

import eu.cloverwatch.crash.MonitorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A monitor as a process of its own, in the JVM that {@code run} has.
 *
 * @param stateDir what it has on disk
 */
record Instance(MonitorProcess process, Path stateDir) {

    /** Compilers and collector are the JVM's own choice. */
    private static final List<String> JVM =
            List.of("-Xmx1g", "-XX:TieredStopAtLevel=4", "-XX:-UseSerialGC", "-XX:+UseG1GC");

    /** Where Kafka Streams keeps the name of the process, which is part of its members' names. */
    private static final String METADATA = "kafka-streams-process-metadata";

    private static final Pattern PROCESS_ID = Pattern.compile("\"processId\"\\s*:\\s*\"([^\"]+)\"");

    static Instance start(String name, Path dir, Map<String, String> settings) {
        return new Instance(
                MonitorProcess.start(name, dir, settings, JVM), Path.of(settings.get("cloverwatch.state.dir")));
    }

    String processId() {
        try (Stream<Path> files = Files.walk(stateDir)) {
            Path metadata = files.filter(file -> file.endsWith(METADATA))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + METADATA + " in " + stateDir));
            String json = Files.readString(metadata);
            Matcher id = PROCESS_ID.matcher(json);
            if (!id.find()) {
                throw new IllegalStateException("expected a processId in " + metadata + ", got " + json);
            }
            return id.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether it follows at least so many partitions of the changelog, and lacks nothing of any. Partitions that it did not have a
     * minute ago are not in its metrics yet.
     */
    boolean hasCaughtUp(String changelog, int partitions) {
        Matcher lag = Pattern.compile(
                        "(?m)^kafka_consumer_fetch_manager_records_lag\\{[^}]*restore-consumer\"[^}]*topic=\""
                                + Pattern.quote(changelog) + "\"[^}]*} (\\S+)")
                .matcher(process.metrics());
        List<Double> lags =
                lag.results().map(found -> Double.valueOf(found.group(1))).toList();
        // One that it follows no more has no number.
        return lags.stream().filter(value -> value == 0).count() >= partitions
                && lags.stream().allMatch(value -> value.isNaN() || value == 0);
    }

    /** Bytes in the directories of this name, wherever they are below. Nobody may be writing. */
    long bytesIn(String directory) {
        try (Stream<Path> files = Files.walk(stateDir)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (stateDir.relativize(file).toString().contains("/" + directory + "/")) {
                    sum += Files.size(file);
                }
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
