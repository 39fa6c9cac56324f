package eu.cloverwatch.cli;

import eu.cloverwatch.model.Origin;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which rejects a command is about: those named, or those for which everything that is asked holds. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RejectsSelection {

    private static final Pattern PLACE = Pattern.compile("(?:(.+)-)?(\\d{1,9})@(\\d{1,18})");

    @Option(
            names = "--record",
            paramLabel = "PLACE",
            arity = "1..*",
            description =
                    "These records of the rejects topic, as list has them: <topic>-<partition>@<offset>, or without"
                            + " the topic.")
    private List<String> places = List.of();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "Records of this topic: its name in the cluster, or for example access-events.")
    private @Nullable String topic;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Records whose reason contains this text.")
    private @Nullable String reason;

    @Option(names = "--from", paramLabel = "T", description = "Rejected at this time or later.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "T", description = "Rejected before this time.")
    private @Nullable String to;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether records are named. */
    boolean isExplicit() {
        return !places.isEmpty();
    }

    /** Whether it is all there are. */
    boolean isEverything() {
        return places.isEmpty() && topic == null && reason == null && from == null && to == null;
    }

    /** @throws ParameterException if the options contradict each other, or are not what they should be */
    void check(Configuration configuration) {
        if (isExplicit() && (topic != null || reason != null || from != null || to != null)) {
            throw new ParameterException(
                    spec.commandLine(), "--record: expected no --topic, --reason, --from or --to beside it");
        }
        Instant start = from();
        Instant end = to();
        if (start != null && end != null && !start.isBefore(end)) {
            throw new ParameterException(
                    spec.commandLine(), "--to: expected a time after --from (" + from + "), got '" + to + "'");
        }
        if (topic != null && find(topic, configuration).isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--topic: expected one of "
                            + Arrays.stream(Topic.values())
                                    .filter(RejectsTopic::mayBeRejected)
                                    .map(Topic::shortName)
                                    .collect(Collectors.joining(", "))
                            + " or its name in the cluster, got '" + topic + "'");
        }
        named(configuration);
    }

    private static Optional<Topic> find(String name, Configuration configuration) {
        return Arrays.stream(Topic.values())
                .filter(RejectsTopic::mayBeRejected)
                .filter(topic -> name.equals(topic.shortName())
                        || name.equals(topic.baseName())
                        || name.equals(configuration.topicName(topic)))
                .findFirst();
    }

    /** The offsets that are named, by partition. */
    Map<Integer, NavigableSet<Long>> named(Configuration configuration) {
        Map<Integer, NavigableSet<Long>> named = new TreeMap<>();
        for (String place : places) {
            Matcher parts = PLACE.matcher(place);
            String rejects = configuration.topicName(Topic.REJECTS);
            if (!parts.matches() || (parts.group(1) != null && !parts.group(1).equals(rejects))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--record: expected a place such as " + rejects + "-0@17 or 0@17, got '" + place + "'");
            }
            named.computeIfAbsent(Integer.parseInt(parts.group(2)), partition -> new TreeSet<>())
                    .add(Long.parseLong(parts.group(3)));
        }
        return named;
    }

    /** When the first of them can have been rejected, null if at any time. */
    @Nullable Instant from() {
        return from == null ? null : History.time("--from", from, spec);
    }

    private @Nullable Instant to() {
        return to == null ? null : History.time("--to", to, spec);
    }

    /** Whether it is one of those that are not named. */
    boolean takes(RejectedRecord reject, Configuration configuration) {
        Instant start = from();
        Instant end = to();
        Instant at = reject.place().timestamp();
        return (start == null || !at.isBefore(start))
                && (end == null || at.isBefore(end))
                && (reason == null || reject.reason().contains(reason))
                && (topic == null || isOf(reject.origin(), topic, configuration));
    }

    private static boolean isOf(Origin origin, String name, Configuration configuration) {
        return find(name, configuration)
                .filter(topic -> configuration.topicName(topic).equals(origin.topic()))
                .isPresent();
    }
}
