package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.audit.cloudtrail.ImportSummary.Counts;
import eu.cloverwatch.audit.cloudtrail.ImportSummary.FileCounts;
import eu.cloverwatch.model.InvalidRecordException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Imports CloudTrail files: events in the order of the files given, and within a file in its order, which is not the order of
 * time. Reading the same files again gives the same bytes. An event id that occurs twice is written twice: what that means is
 * the monitor's to say.
 */
public final class CloudTrailImport {

    private final Catalog catalog;
    private final Consumer<String> complaints;
    private final LongConsumer progress;
    private long read;
    private final SortedSet<String> regions = new TreeSet<>();

    /**
     * @param complaints gets a line for each unreadable record: file, number from 1, and what was expected
     * @param progress gets the number of records read so far
     */
    public CloudTrailImport(Catalog catalog, Consumer<String> complaints, LongConsumer progress) {
        this.progress = progress;
        this.catalog = catalog;
        this.complaints = complaints;
    }

    /**
     * Makes {@code access-events.ndjson} and {@code policy.yaml} in a directory, both or, after an error, neither. The policy is
     * the default one with the regions seen as sites.
     *
     * @param out must be missing or empty
     * @throws UnusableInputException if a file cannot be used, or the directory is not empty
     * @throws IOException if the result cannot be written
     */
    public ImportSummary run(List<Path> files, Path out) throws IOException {
        return run(files, ScenarioPolicy.defaultDocument(), out);
    }

    ImportSummary run(List<Path> files, String policy, Path out) throws IOException {
        try (ScenarioFiles scenario = ScenarioFiles.in(out)) {
            List<FileCounts> counts = new ArrayList<>();
            try (BufferedWriter events = scenario.events()) {
                for (Path file : files) {
                    counts.add(new FileCounts(file, importFile(file, events)));
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            scenario.complete(ScenarioPolicy.withRegions(policy, regions));
            return new ImportSummary(counts, regions);
        }
    }

    private Counts importFile(Path file, BufferedWriter events) {
        FileImport current = new FileImport(file, events);
        CloudTrailReader.read(file, current::accept);
        return new Counts(current.written, current.noRow, current.failedCalls, current.unreadable);
    }

    private final class FileImport {
        private final Path file;
        private final BufferedWriter events;
        private long written;
        private long noRow;
        private long failedCalls;
        private long unreadable;

        FileImport(Path file, BufferedWriter events) {
            this.file = file;
            this.events = events;
        }

        void accept(JsonNode json) {
            progress.accept(++read);
            try {
                importRecord(CloudTrailRecord.of(json));
            } catch (InvalidRecordException e) {
                unreadable++;
                complaints.accept(
                        file + ": record " + (written + noRow + failedCalls + unreadable) + ": " + e.getMessage());
            }
        }

        private void importRecord(CloudTrailRecord event) {
            Optional<Catalog.Row> row = catalog.match(event);
            if (row.isEmpty()) {
                noRow++;
            } else if (event.failed()) {
                failedCalls++;
            } else {
                write(EventJson.line(EventMapping.toAccessEvent(event, row.get())));
                regions.add(event.region());
                written++;
            }
        }

        private void write(String line) {
            try {
                events.write(line);
                events.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
