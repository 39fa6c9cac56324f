package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinalVerdictTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private static FinalVerdict verdict(String id, String... rules) {
        return new FinalVerdict(id, Verdict.VIOLATION, new TreeSet<>(List.of(rules)), Severity.HIGH);
    }

    private List<FinalVerdict> read(String content) throws IOException {
        return FinalVerdict.readAll(Files.writeString(directory.resolve("expected.ndjson"), content));
    }

    @Test
    void itIsWrittenAsTheContractDoes() {
        assertThat(verdict("e-1", "SITE_UNKNOWN", "CONSENT_MISSING").toJson())
                .isEqualTo("{\"event_id\": \"e-1\", \"verdict\": \"VIOLATION\", "
                        + "\"rules\": [\"CONSENT_MISSING\", \"SITE_UNKNOWN\"], \"severity\": \"HIGH\"}");
    }

    @Test
    void anyIdIsReadAsItWasWritten() throws IOException {
        FinalVerdict odd = verdict("\"\\\n\u0000\u2028 \u0130\uD83D\uDE00", "SITE_UNKNOWN");

        assertThat(odd.toJson()).doesNotContain("\n");
        assertThat(read(odd.toJson() + "\n")).containsExactly(odd);
    }

    @Test
    void idsAreOrderedByCodePoint() {
        assertThat(Stream.of("b", "\uD83D\uDE00", "\uFF5E", "a", "ab", "B", "10", "9", "")
                        .map(FinalVerdictTest::verdict)
                        .sorted(FinalVerdict.ORDER)
                        .map(FinalVerdict::eventId))
                .containsExactly("", "10", "9", "B", "a", "ab", "b", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void blankLinesAreSkipped() throws IOException {
        assertThat(read("\n" + verdict("a").toJson() + "\r\n\n" + verdict("b").toJson()))
                .containsExactly(verdict("a"), verdict("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "[]",
                "null",
                "{}",
                "{\"event_id\": \"e\", \"verdict\": \"COMPLIANT\", \"rules\": [], \"severity\": \"HIGH\"}",
                "{\"event_id\": \"e\", \"verdict\": \"VIOLATION\", \"rules\": [], \"severity\": \"high\"}",
                "{\"event_id\": \"e\", \"verdict\": \"VIOLATION\", \"severity\": \"HIGH\"}",
                "{\"event_id\": \"e\", \"verdict\": \"VIOLATION\", \"rules\": \"X\", \"severity\": \"HIGH\"}",
                "{\"event_id\": 7, \"verdict\": \"VIOLATION\", \"rules\": [], \"severity\": \"HIGH\"}",
                "{\"event_id\": \"e\", \"verdict\": \"VIOLATION\", \"rules\": [], \"severity\": \"HIGH\"} x",
            })
    void aLineThatIsNoVerdictIsNamed(String line) {
        assertThatThrownBy(() -> read("\n" + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(directory.resolve("expected.ndjson")
                        + ":2: expected {\"event_id\", \"verdict\", \"rules\", \"severity\"}");
    }

    @Test
    void whatIsNotUtf8IsTheFilesFault() throws IOException {
        Path file = Files.write(
                directory.resolve("expected.ndjson"),
                "{\"event_id\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> FinalVerdict.readAll(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + ": expected UTF-8");
    }
}
