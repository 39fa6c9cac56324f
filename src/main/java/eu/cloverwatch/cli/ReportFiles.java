package eu.cloverwatch.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a report. Files are written into a temporary directory inside it, and get their places when all are complete;
 * until then close takes everything away that was made.
 */
final class ReportFiles implements AutoCloseable {

    private final Path directory;
    private final Path temporary;
    private final boolean created;
    private boolean closed;

    private ReportFiles(Path directory, boolean created) throws IOException {
        this.directory = directory;
        this.created = created;
        this.temporary = Files.createTempDirectory(directory, ".incomplete-");
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeQuietly, "report-files"));
    }

    /** @throws UserError if there is something else at this place */
    static ReportFiles in(Path directory) throws IOException {
        boolean created = !Files.exists(directory);
        if (created) {
            Files.createDirectories(directory);
        } else if (!Files.isDirectory(directory)) {
            throw new UserError("--out: expected a directory, got the file " + directory);
        } else if (!list(directory).isEmpty()) {
            throw new UserError("--out: expected a directory that is new or empty, as an earlier report is not"
                    + " overwritten: " + directory);
        }
        return new ReportFiles(directory, created);
    }

    /** Where files are put until all are there. */
    Path temporary() {
        return temporary;
    }

    /**
     * Gives all files their places.
     *
     * @throws IOException also if the program was interrupted, and everything is taken away
     */
    synchronized void complete() throws IOException {
        if (closed) {
            throw new IOException("the report was given up: the program is ending");
        }
        for (Path file : list(temporary)) {
            Files.move(file, directory.resolve(file.getFileName()));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (Files.exists(temporary)) {
            for (Path file : list(temporary)) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(temporary);
        }
        if (created && Files.exists(directory) && list(directory).isEmpty()) {
            Files.delete(directory);
        }
    }

    /** When the program is interrupted; there is nobody left to tell. */
    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            System.getLogger(ReportFiles.class.getName()).log(System.Logger.Level.DEBUG, "not removed", e);
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
