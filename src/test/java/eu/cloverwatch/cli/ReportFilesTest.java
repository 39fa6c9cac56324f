package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is there as a whole, or not at all. */
class ReportFilesTest {

    @TempDir
    private Path dir;

    @Test
    void filesGetTheirPlacesWhenAllAreComplete() throws IOException {
        Path out = dir.resolve("report");
        try (ReportFiles files = ReportFiles.in(out)) {
            Files.writeString(files.temporary().resolve("summary.json"), "{}");
            assertThat(out.resolve("summary.json")).doesNotExist();
            files.complete();
        }
        assertThat(out).isDirectoryContaining("glob:**summary.json");
        try (var left = Files.list(out)) {
            assertThat(left).hasSize(1);
        }
    }

    @Test
    void aReportThatWasTakenAwayByAnInterruptIsNotCompleted() throws IOException {
        Path out = dir.resolve("report");
        ReportFiles files = ReportFiles.in(out);
        Files.writeString(files.temporary().resolve("summary.json"), "{}");
        files.close();

        assertThatThrownBy(files::complete).isInstanceOf(IOException.class).hasMessageContaining("given up");
        assertThat(out).doesNotExist();
    }
}
