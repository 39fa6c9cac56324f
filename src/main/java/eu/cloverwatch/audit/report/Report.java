package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Replayed;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay came to, as files; docs/report.md says what is in each. */
public final class Report {

    private Report() {}

    /**
     * Writes {@code report.html}, {@code report.pdf}, {@code summary.json}, {@code violations.ndjson}, {@code violations.csv} and
     * {@code changes.ndjson}, over what has these names. The same arguments give the same bytes.
     *
     * @param directory must exist
     * @throws IOException if it cannot be written to
     */
    public static void write(Replayed replayed, ReportContext context, Path directory) throws IOException {
        Figures figures;
        try {
            figures = lines(replayed, context, directory);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        try (BufferedWriter out = writer(directory, "summary.json")) {
            SummaryJson.write(replayed, context, figures, out);
        }
        Map<String, @Nullable Object> page = Page.of(replayed, context, figures);
        HtmlPage html = new HtmlPage();
        try (BufferedWriter out = writer(directory, "report.html")) {
            html.write(page, out);
        }
        PdfPages.write(html, page, context.madeAt(), directory.resolve("report.pdf"));
    }

    /** Writes what has a line for each violation and change, and counts them meanwhile. */
    private static Figures lines(Replayed replayed, ReportContext context, Path directory) throws IOException {
        try (BufferedWriter violationsOut = writer(directory, "violations.ndjson");
                BufferedWriter tableOut = writer(directory, "violations.csv");
                BufferedWriter changesOut = writer(directory, "changes.ndjson")) {
            ViolationLines violations = new ViolationLines(violationsOut);
            ViolationTable table = new ViolationTable(tableOut);
            ChangeLines changes = new ChangeLines(changesOut);
            return Figures.of(
                    replayed,
                    context.incidentGap(),
                    violation -> unchecked(() -> {
                        violations.write(violation);
                        table.write(violation);
                    }),
                    change -> unchecked(() -> changes.write(change)));
        }
    }

    private static BufferedWriter writer(Path directory, String name) throws IOException {
        return Files.newBufferedWriter(directory.resolve(name), StandardCharsets.UTF_8);
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void unchecked(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
