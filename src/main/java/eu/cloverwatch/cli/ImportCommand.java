package eu.cloverwatch.cli;

import eu.cloverwatch.audit.cloudtrail.Catalog;
import eu.cloverwatch.audit.cloudtrail.CatalogReader;
import eu.cloverwatch.audit.cloudtrail.CloudTrailImport;
import eu.cloverwatch.audit.cloudtrail.ImportSummary;
import eu.cloverwatch.audit.cloudtrail.Regions;
import eu.cloverwatch.audit.cloudtrail.UnusableInputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cloverwatch import cloudtrail FILE... --out DIR}: other systems' access logs as scenario directories. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Turns other systems' access logs into a scenario directory.")
public final class ImportCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected what to import: cloudtrail");
    }

    /** Throws {@link IOException} only if the result cannot be written. */
    @Command(
            name = "cloudtrail",
            mixinStandardHelpOptions = true,
            description = "Turns AWS CloudTrail files into a scenario directory for check, load and demo --input.")
    int cloudTrail(
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "CloudTrail files, plain or gzip.")
                    List<Path> files,
            @Option(
                            names = "--catalog",
                            paramLabel = "FILE",
                            description = "YAML: which calls touch whose data. Default: a built-in example.")
                    @Nullable Path catalogFile,
            @Option(
                            names = "--out",
                            paramLabel = "DIR",
                            required = true,
                            description = "Where to make the scenario; must be new or empty.")
                    Path out)
            throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            Catalog catalog = catalogFile == null ? CatalogReader.example() : CatalogReader.read(catalogFile);
            if (catalogFile == null) {
                err.println("No --catalog: using the built-in " + catalog.name()
                        + ", an example; see docs/import-cloudtrail.md");
            }
            ImportSummary summary;
            try (Progress progress = new Progress("Reading", -1)) {
                summary = new CloudTrailImport(catalog, err::println, progress::to).run(files, out);
            }
            print(err, summary);
            return 0;
        } catch (UnusableInputException e) {
            throw new UserError(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new IOException(out + ": the scenario cannot be written here: " + e, e);
        } finally {
            err.flush();
        }
    }

    private static void print(PrintWriter err, ImportSummary summary) {
        if (summary.files().size() > 1) {
            summary.files().forEach(file -> err.println(file.file() + ": " + file.counts()));
        }
        err.println(summary.total());
        summary.regions().stream()
                .filter(region -> Regions.countryOf(region).isEmpty())
                .forEach(
                        region -> err.println(
                                "Country of " + Regions.siteOf(region)
                                        + " not known: it is not a site in policy.yaml, so its events are undecidable until you add it"));
        if (summary.total().written() > 0) {
            err.println("CloudTrail does not say where people are: without employee-locations.ndjson in the directory,"
                    + " their accesses are undecidable");
        }
    }
}
