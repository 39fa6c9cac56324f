package eu.cloverwatch.audit.cloudtrail;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The files of a new scenario directory. They get their names only when all are complete; until then close takes them away. */
final class ScenarioFiles implements AutoCloseable {

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
            if (content.findAny().isPresent()) {
                throw new UnusableInputException(directory + ": expected a directory that is new or empty");
            }
        }
        return new ScenarioFiles(directory, false);
    }

    BufferedWriter events() throws IOException {
        return Files.newBufferedWriter(partial("access-events.ndjson"), StandardOpenOption.CREATE_NEW);
    }

    /** Writes the policy, without which a directory is no scenario, and gives the files their names. */
    void complete(String policy) throws IOException {
        Files.writeString(partial("policy.yaml"), policy, StandardOpenOption.CREATE_NEW);
        Files.move(partial("access-events.ndjson"), directory.resolve("access-events.ndjson"));
        Files.move(partial("policy.yaml"), directory.resolve("policy.yaml"));
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
        for (String name : new String[] {"access-events.ndjson", "policy.yaml"}) {
            Files.deleteIfExists(partial(name));
            Files.deleteIfExists(directory.resolve(name));
        }
        if (created) {
            Files.deleteIfExists(directory);
        }
    }
}
