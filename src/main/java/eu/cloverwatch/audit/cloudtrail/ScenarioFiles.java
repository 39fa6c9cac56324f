package eu.cloverwatch.audit.cloudtrail;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a new scenario directory. They get their names only when all are complete; until then close takes them away.
 * What a killed import left behind under other names is overwritten by the next.
 */
final class ScenarioFiles implements AutoCloseable {

    private static final String EVENTS = "access-events.ndjson";
    private static final String POLICY = "policy.yaml";
    private static final String PARTIAL = ".partial";

    private final Path directory;
    private final boolean created;
    private boolean complete;

    private ScenarioFiles(Path directory, boolean created) {
        this.directory = directory;
        this.created = created;
    }

    /** @throws UnusableInputException if there is something else at this place */
    static ScenarioFiles in(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectories(directory);
            return new ScenarioFiles(directory, true);
        }
        if (!Files.isDirectory(directory)) {
            throw new UnusableInputException(directory + ": expected a directory for the result, not a file");
        }
        try (Stream<Path> content = Files.list(directory)) {
            if (content.map(path -> path.getFileName().toString()).anyMatch(ScenarioFiles::isForeign)) {
                throw new UnusableInputException(directory + ": expected a directory that is new or empty");
            }
        }
        return new ScenarioFiles(directory, false);
    }

    private static boolean isForeign(String name) {
        return !name.equals(EVENTS + PARTIAL) && !name.equals(POLICY + PARTIAL);
    }

    BufferedWriter events() throws IOException {
        return Files.newBufferedWriter(partial(EVENTS));
    }

    /** Writes the policy, without which a directory is no scenario, and gives the files their names. */
    void complete(String policy) throws IOException {
        Files.writeString(partial(POLICY), policy);
        Files.move(partial(EVENTS), directory.resolve(EVENTS));
        Files.move(partial(POLICY), directory.resolve(POLICY));
        complete = true;
    }

    private Path partial(String name) {
        return directory.resolve(name + PARTIAL);
    }

    @Override
    public void close() throws IOException {
        if (complete) {
            return;
        }
        for (String name : List.of(EVENTS, POLICY)) {
            Files.deleteIfExists(partial(name));
            Files.deleteIfExists(directory.resolve(name));
        }
        if (created) {
            Files.deleteIfExists(directory);
        }
    }
}
