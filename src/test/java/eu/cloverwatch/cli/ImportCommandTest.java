package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ImportCommandTest {

    private static final String RECORD = "{\"eventID\":\"e-1\",\"eventTime\":\"2023-07-10T11:42:36Z\","
            + "\"eventSource\":\"secretsmanager.amazonaws.com\",\"eventName\":\"GetSecretValue\",\"awsRegion\":\"eu-west-99\","
            + "\"userIdentity\":{\"type\":\"IAMUser\",\"userName\":\"anna\"}}";

    @TempDir
    Path dir;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private @Nullable Exception thrown;
    private Path trail;

    @BeforeEach
    void aFileOfOneGoodAndOneBrokenRecord() throws IOException {
        trail = Files.writeString(dir.resolve("trail.json"), "{\"Records\":[" + RECORD + ",{}]}");
    }

    @Test
    void without_a_catalog_the_example_is_used_and_said_and_all_is_told_on_stderr() throws Exception {
        int exit = run(
                "cloudtrail", trail.toString(), "--out", dir.resolve("scenario").toString());

        assertThat(exit).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .contains("using the built-in example-cloudtrail.yaml")
                .contains(trail + ": record 2: awsRegion: expected a text")
                .contains(
                        "2 records read = 1 written + 0 skipped (no catalog row) + 0 skipped (call failed) + 1 unreadable")
                .contains("Country of aws:eu-west-99 not known");
        assertThat(Files.readAllLines(dir.resolve("scenario/access-events.ndjson")))
                .hasSize(1);
        assertThat(dir.resolve("scenario/policy.yaml")).isNotEmptyFile();
    }

    @Test
    void a_catalog_of_ones_own_is_taken_instead() throws Exception {
        Path catalog = Files.writeString(
                dir.resolve("c.yaml"),
                "rows: [{source: none, names: none, subject: {count: 1}, categories: NAME, purpose: X}]");
        int exit = run(
                "cloudtrail",
                trail.toString(),
                "--catalog",
                catalog.toString(),
                "--out",
                dir.resolve("s").toString());

        assertThat(exit).isZero();
        assertThat(err.toString()).doesNotContain("example").contains("0 written + 1 skipped (no catalog row)");
    }

    @Test
    void a_mistake_in_the_input_is_the_users() {
        run("cloudtrail", dir + "/none.json", "--out", dir + "/scenario");

        assertThat(thrown).isInstanceOf(UserError.class).hasMessage(dir + "/none.json: there is no such file");
        assertThat(dir.resolve("scenario")).doesNotExist();
    }

    @Test
    void a_place_that_cannot_be_written_is_the_environments() {
        Path below = trail.resolve("scenario");
        run("cloudtrail", trail.toString(), "--out", below.toString());

        assertThat(thrown)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(below + ": the scenario cannot be written here: ");
    }

    @Test
    void what_to_import_files_and_out_must_be_said() {
        assertThat(run()).isEqualTo(2);
        assertThat(run("cloudtrail", "--out", dir.toString())).isEqualTo(2);
        assertThat(run("cloudtrail", trail.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("expected what to import", "FILE", "--out");
    }

    private int run(String... args) {
        return new CommandLine(new ImportCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((e, line, result) -> {
                    thrown = e;
                    return -1;
                })
                .execute(args);
    }
}
