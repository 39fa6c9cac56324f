package eu.cloverwatch.audit.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The records of a real account, which are not part of this repository. */
class RealCloudTrailTest {

    private static final Path TRAIL = Path.of(System.getProperty("cloverwatch.shared", "none"), "data", "cloudtrail");
    private static final int RECORDS = 1448;
    private static final List<String> REQUIRED = List.of(
            "event_id",
            "occurred_at",
            "service",
            "operation",
            "actor",
            "subject",
            "categories",
            "protection",
            "record_count",
            "byte_count",
            "origin_site",
            "purpose");

    @TempDir
    Path dir;

    @BeforeEach
    void needsTheRealRecords() {
        assumeTrue(Files.isDirectory(TRAIL), "no real records here");
    }

    @Test
    void all_records_are_accounted_for_and_every_event_is_complete() throws Exception {
        List<String> complaints = new ArrayList<>();
        ImportSummary summary = imported(CatalogReader.example(), complaints, dir.resolve("out"));

        assertThat(summary.total().read()).isEqualTo(RECORDS);
        assertThat(complaints).isEmpty();
        List<JsonNode> events = events(dir.resolve("out"));
        assertThat(events).hasSize((int) summary.total().written()).hasSizeGreaterThan(100);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.fieldNames()).toIterable().containsAll(REQUIRED);
            assertThat(Times.parse(event.path("occurred_at").textValue()))
                    .isBetween(Instant.parse("2023-07-10T11:00:00Z"), Instant.parse("2023-07-10T13:00:00Z"));
            assertThat(event.at("/actor/id").textValue()).isNotBlank().isNotEqualTo(Identity.UNIDENTIFIED);
        });
    }

    @Test
    void a_catalog_that_takes_everything_loses_only_the_failed_calls() throws Exception {
        Catalog everything = CatalogReader.parse(
                "all.yaml", "rows: [{source: '*', names: '*', subject: {country: DE}, categories: NAME, purpose: X}]");
        ImportSummary summary = imported(everything, new ArrayList<>(), dir.resolve("out"));

        assertThat(summary.total()).isEqualTo(new ImportSummary.Counts(1280, 0, 168, 0));
        assertThat(events(dir.resolve("out")))
                .extracting(event -> event.at("/actor/type").textValue())
                .containsOnly("EMPLOYEE", "SERVICE");
    }

    @Test
    void the_same_files_give_the_same_bytes() throws Exception {
        imported(CatalogReader.example(), new ArrayList<>(), dir.resolve("one"));
        imported(CatalogReader.example(), new ArrayList<>(), dir.resolve("two"));

        assertThat(dir.resolve("one/access-events.ndjson"))
                .hasSameBinaryContentAs(dir.resolve("two/access-events.ndjson"));
    }

    private static ImportSummary imported(Catalog catalog, List<String> complaints, Path out) throws IOException {
        try (Stream<Path> files = Files.list(TRAIL)) {
            List<Path> trail = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            return new CloudTrailImport(catalog, complaints::add, count -> {})
                    .run(trail, ScenarioPolicyTest.POLICY, out);
        }
    }

    private static List<JsonNode> events(Path out) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("access-events.ndjson"))) {
            events.add(Json.MAPPER.readTree(line));
        }
        return events;
    }
}
