package eu.cloverwatch.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The topics as files: one NDJSON file of each, any of which may be missing. */
public final class ScenarioDirectory {

    /** In the order in which records of equal times arrive: facts before events. */
    static final List<Topic> TOPICS = List.of(
            Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS, Topic.GATEWAY_PASSES, Topic.ACCESS_EVENTS);

    private final Path directory;

    public ScenarioDirectory(Path directory) {
        this.directory = directory;
    }

    public Path policyFile() {
        return directory.resolve("policy.yaml");
    }

    public Path expectedFile() {
        return directory.resolve("expected.ndjson");
    }

    /** The file of this topic, whether or not it is there. */
    public Path file(Topic topic) {
        return directory.resolve(
                switch (topic) {
                    case ACCESS_EVENTS -> "access-events.ndjson";
                    case EMPLOYEE_LOCATIONS -> "employee-locations.ndjson";
                    case CONSENTS -> "consents.ndjson";
                    case GATEWAYS -> "gateways.ndjson";
                    case GATEWAY_PASSES -> "gateway-passes.ndjson";
                    default -> throw new IllegalArgumentException("no scenario file is for " + topic);
                });
    }

    /** Receives lines; may fail as writing and reading do. */
    @FunctionalInterface
    public interface Sink {
        void accept(ScenarioFile.Line line) throws IOException;
    }

    /** All lines of one file in order; none if the file is missing. */
    public void forEach(Topic topic, Sink sink) throws IOException {
        if (!Files.exists(file(topic))) {
            return;
        }
        try (ScenarioFile lines = ScenarioFile.open(topic, file(topic))) {
            for (ScenarioFile.Line line = lines.next(); line != null; line = lines.next()) {
                sink.accept(line);
            }
        }
    }

    /** All lines of all files, interleaved by time; the order within a file stays as it is. */
    public void forEachInterleaved(Sink sink) throws IOException {
        List<Head> heads = new ArrayList<>();
        try {
            for (Topic topic : TOPICS) {
                if (Files.exists(file(topic))) {
                    heads.add(new Head(ScenarioFile.open(topic, file(topic))));
                }
            }
            for (Optional<Head> first = earliest(heads); first.isPresent(); first = earliest(heads)) {
                sink.accept(first.get().take());
            }
        } finally {
            for (Head head : heads) {
                head.file.close();
            }
        }
    }

    /** min() keeps the first of equal elements, so the order of the files decides between equal times. */
    private static Optional<Head> earliest(List<Head> heads) {
        return heads.stream().filter(head -> head.line != null).min(Comparator.comparing(head -> head.timestamp()));
    }

    /** A file and its next line. */
    private static final class Head {
        private final ScenarioFile file;
        private ScenarioFile.@Nullable Line line;

        Head(ScenarioFile file) throws IOException {
            this.file = file;
            this.line = file.next();
        }

        Instant timestamp() {
            return Objects.requireNonNull(line).arrival().timestamp();
        }

        ScenarioFile.Line take() throws IOException {
            ScenarioFile.Line taken = Objects.requireNonNull(line);
            line = file.next();
            return taken;
        }
    }
}
