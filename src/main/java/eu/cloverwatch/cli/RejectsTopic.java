package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rejects topic, read to its end with READ alone: without a group, nothing committed. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectsTopic {

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The configuration, .properties.")
    private Path config;

    private @Nullable Configuration loaded;

    Configuration configuration() {
        Configuration known = loaded;
        if (known == null) {
            known = Configuration.load(config, System.getenv(), Map.of());
            loaded = known;
        }
        return known;
    }

    RecordSerde serde() {
        return ConfiguredSerde.open(configuration());
    }

    /** One worker: records come in the order of partition and offset. */
    ReplaySource source(RecordSerde serde) {
        configuration().requireBootstrapServers();
        Map<Topic, String> names = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            names.put(topic, configuration().topicName(topic));
        }
        return new ReplaySource(configuration().kafka(), names, serde, 1);
    }

    /** Whether the monitor reads the topic, so that its records may be rejected. */
    static boolean mayBeRejected(Topic topic) {
        return switch (topic) {
            case ACCESS_EVENTS, EMPLOYEE_LOCATIONS, CONSENTS, GATEWAYS, POLICIES -> true;
            default -> false;
        };
    }

    /** The topic of this name in the cluster. */
    Optional<Topic> topic(String name) {
        return Stream.of(Topic.values())
                .filter(RejectsTopic::mayBeRejected)
                .filter(topic -> configuration().topicName(topic).equals(name))
                .findFirst();
    }

    /**
     * Hands on what is selected, by partition and offset.
     *
     * @param problems receives a line for each record that the monitor did not write, and what could not be read
     * @throws UserError if a record is named that is not there
     */
    void forEach(
            ReplaySource source, RejectsSelection selection, Consumer<RejectedRecord> sink, Consumer<String> problems) {
        TopicReader reader = new TopicReader(source);
        Instant from = selection.from();
        List<Range> all = from == null ? reader.whole(Topic.REJECTS) : reader.since(Topic.REJECTS, from);
        if (selection.isExplicit()) {
            Map<Integer, NavigableSet<Long>> missing = selection.named(configuration());
            Map<Integer, NavigableSet<Long>> wanted = selection.named(configuration());
            read(reader, ranges(all, wanted), problems, reject -> {
                int partition = reject.place().partition();
                long offset = reject.place().offset();
                if (Objects.requireNonNull(wanted.get(partition)).contains(offset)) {
                    Objects.requireNonNull(missing.get(partition)).remove(offset);
                    sink.accept(reject);
                }
            });
            refuseMissing(missing, source.name(Topic.REJECTS));
        } else {
            all.stream()
                    .filter(range -> range.written() > range.to())
                    .forEach(range -> problems.accept("INCOMPLETE: " + range.partition() + " from " + range.to()
                            + " on is behind a transaction that is open, and was not read"));
            read(reader, all, problems, reject -> {
                if (selection.takes(reject, configuration())) {
                    sink.accept(reject);
                }
            });
        }
    }

    private static void read(
            TopicReader reader, List<Range> ranges, Consumer<String> problems, Consumer<RejectedRecord> sink) {
        reader.read(
                ranges,
                range -> record -> RejectedRecord.of(record)
                        .ifPresentOrElse(
                                sink,
                                () -> problems.accept(range.partition() + "@" + record.offset()
                                        + ": not written by a monitor, as it has not the headers of a reject")),
                done -> {});
    }

    private static List<Range> ranges(List<Range> all, Map<Integer, NavigableSet<Long>> wanted) {
        Map<Integer, Range> partitions =
                all.stream().collect(Collectors.toMap(range -> range.partition().partition(), Function.identity()));
        List<Range> ranges = new ArrayList<>();
        wanted.forEach((partition, offsets) -> {
            Range range = partitions.get(partition);
            if (range != null) {
                ranges.add(new Range(
                        range.partition(),
                        range.beginning(),
                        Math.max(offsets.first(), range.beginning()),
                        Math.min(offsets.last() + 1, range.to())));
            }
        });
        return ranges;
    }

    private static void refuseMissing(Map<Integer, NavigableSet<Long>> missing, String topic) {
        TreeSet<String> places = new TreeSet<>();
        missing.forEach(
                (partition, offsets) -> offsets.forEach(offset -> places.add(topic + "-" + partition + "@" + offset)));
        if (!places.isEmpty()) {
            throw new UserError("--record: no reject is there, or is there any more: " + String.join(", ", places));
        }
    }
}
