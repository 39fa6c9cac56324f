package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.wire.ScenarioFile.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as they arrive: none is lost, and one that cannot be read says why. */
class ScenarioFileTest {

    private static final Instant NINE = Instant.parse("2024-06-05T09:00:00Z");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private List<Line> read(Topic topic, byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("lines.ndjson"), content);
        List<Line> lines = new ArrayList<>();
        try (ScenarioFile scenario = ScenarioFile.open(topic, file)) {
            for (Line line = scenario.next(); line != null; line = scenario.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private List<Line> events(String... lines) throws IOException {
        return read(Topic.ACCESS_EVENTS, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Line event(String line) throws IOException {
        List<Line> lines = events(line);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static String at(String time) {
        return Json.EVENT.replace("2024-06-05T09:00:00Z", time);
    }

    @Test
    void aLineIsTheRecordItsKeyAndItsTime() throws IOException {
        Line line = event(Json.EVENT);

        assertThat(line.problem()).isNull();
        assertThat(line.number()).isEqualTo(1);
        assertThat(line.place()).isEqualTo(directory.resolve("lines.ndjson") + ":1");
        assertThat(line.arrival().topic()).isEqualTo(Topic.ACCESS_EVENTS);
        assertThat(line.arrival().key()).isEqualTo("E-1");
        assertThat(line.arrival().timestamp()).isEqualTo(NINE);
        assertThat(line.arrival().payload()).isInstanceOf(Arrival.Value.class);
    }

    @ParameterizedTest
    @CsvSource({
        "EMPLOYEE_LOCATIONS, 'employee_id', 2024-01-02T00:00:00Z",
        "CONSENTS, 'subject_id', 2024-01-02T00:00:00Z",
        "GATEWAYS, 'gateway_id', 2024-01-02T00:00:00Z",
        "GATEWAY_PASSES, 'pass_id', 2024-01-03T00:00:00Z",
    })
    void theKeyAndTheTimeAreThoseOfTheTopicEvenIfNoRecordCanBeRead(Topic topic, String key, Instant time)
            throws IOException {
        String line = "{\"" + key + "\": \"K-1\", \"effective_from\": \"2024-01-01T00:00:00Z\", "
                + (topic == Topic.GATEWAY_PASSES
                        ? "\"opened_at\": \"2024-01-03T00:00:00Z\"}"
                        : "\"recorded_at\": \"2024-01-02T00:00:00Z\"}");
        Line read = read(topic, line.getBytes(StandardCharsets.UTF_8)).get(0);

        assertThat(read.problem()).contains("the field is missing");
        assertThat(read.arrival().key()).isEqualTo("K-1");
        assertThat(read.arrival().timestamp()).isEqualTo(time);
        assertThat(read.arrival().payload())
                .isInstanceOfSatisfying(
                        Arrival.Raw.class,
                        raw -> assertThat(raw.bytes())
                                .asString(StandardCharsets.UTF_8)
                                .isEqualTo(line));
    }

    @Test
    void blankLinesAreSkippedButCounted() throws IOException {
        List<Line> lines = events("", Json.EVENT, "  \t", "\r", Json.EVENT, "");

        assertThat(lines).extracting(Line::number).containsExactly(2L, 5L);
    }

    @Test
    void aCarriageReturnBeforeTheLineFeedIsNoMatter() throws IOException {
        List<Line> lines = events(Json.EVENT + "\r", Json.EVENT + "\r");

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.problem()).isNull());
    }

    @Test
    void theLastLineNeedsNoLineFeed() throws IOException {
        List<Line> lines = read(Topic.ACCESS_EVENTS, (Json.EVENT + "\n" + Json.EVENT).getBytes(StandardCharsets.UTF_8));

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.problem()).isNull());
        assertThat(read(Topic.ACCESS_EVENTS, new byte[0])).isEmpty();
    }

    @Test
    void whatIsNotJsonSaysWhere() throws IOException {
        assertThat(event("{\"event_id\": }").problem()).isEqualTo("not JSON, column 14");
        assertThat(event(Json.EVENT.substring(0, 40)).problem()).startsWith("not JSON, column ");
        assertThat(event("hello").problem()).startsWith("not JSON, column ");
    }

    @Test
    void whatFollowsTheRecordOnItsLineIsNotIgnored() throws IOException {
        assertThat(event(Json.EVENT + " {}").problem()).startsWith("not JSON, column ");
        assertThat(event(Json.EVENT + Json.EVENT).problem()).startsWith("not JSON, column ");
        assertThat(event(Json.EVENT + ",").problem()).startsWith("not JSON, column ");
    }

    @Test
    void whatIsNotUtf8IsNotGuessedAt() throws IOException {
        byte[] latin1 = Json.EVENT.replace("profile-api", "caf\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        Line line = read(Topic.ACCESS_EVENTS, latin1).get(0);

        assertThat(line.problem()).isEqualTo("not UTF-8");
        assertThat(line.arrival().payload())
                .isInstanceOfSatisfying(
                        Arrival.Raw.class, raw -> assertThat(raw.bytes()).isEqualTo(latin1));
    }

    @Test
    void aByteOrderMarkIsNoPartOfJson() throws IOException {
        List<Line> lines = events("\uFEFF" + Json.EVENT, Json.EVENT);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).problem()).isEqualTo("not JSON, column 1");
        assertThat(lines.get(1).problem()).isNull();
    }

    @Test
    void aLineOfAnyDepthOrLengthIsOneLine() throws IOException {
        Line deep = event(Json.EVENT.replace("{}", "[".repeat(100_000) + "]".repeat(100_000)));
        Line wide = event(Json.EVENT.replace("profile-api", "x".repeat(100_000)));

        assertThat(deep.problem()).isEqualTo("not JSON that can be read");
        assertThat(wide.problem()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "7", "\"text\""})
    void whatIsJsonButNoObjectIsNoRecord(String json) throws IOException {
        assertThat(event(json).problem()).isEqualTo("record: expected a JSON object");
    }

    @Test
    void aLineWithoutAReadableTimeFollowsTheLineBeforeIt() throws IOException {
        List<Line> lines = events(
                at("2024-06-05T10:00:00Z"),
                "no JSON",
                at("2024-06-05"),
                "{\"event_id\": 7}",
                at("2024-06-05T09:30:00Z"),
                "[]");

        assertThat(lines)
                .extracting(line -> line.arrival().timestamp().toString())
                .containsExactly(
                        "2024-06-05T10:00:00Z",
                        "2024-06-05T10:00:00Z",
                        "2024-06-05T10:00:00Z",
                        "2024-06-05T10:00:00Z",
                        "2024-06-05T09:30:00Z",
                        "2024-06-05T09:30:00Z");
    }

    @Test
    void anInvalidLineThatTellsItsTimeHasIt() throws IOException {
        List<Line> lines = events(Json.EVENT, at("2024-06-05T11:00:00Z").replace("\"service\"", "\"x\""), "no JSON");

        assertThat(lines.get(1).problem()).isEqualTo("service: expected a value, the field is missing");
        assertThat(lines.get(1).arrival().timestamp()).isEqualTo(NINE.plusSeconds(7200));
        assertThat(lines.get(2).arrival().timestamp()).isEqualTo(NINE.plusSeconds(7200));
    }

    @Test
    void theFirstLineWithoutATimeComesBeforeEverything() throws IOException {
        assertThat(event("no JSON").arrival().timestamp()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aTimeFieldOfAnotherRecordIsAnUnknownFieldLikeAnyOther() throws IOException {
        Line location = read(
                        Topic.EMPLOYEE_LOCATIONS,
                        Json.changed(Json.LOCATION, "occurred_at='2030-01-01T00:00:00Z'")
                                .toString()
                                .getBytes(StandardCharsets.UTF_8))
                .get(0);

        assertThat(location.problem()).isNull();
        assertThat(location.arrival().timestamp()).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
    }

    @Test
    void aTombstoneHasItsKeyAndItsTime() throws IOException {
        Line line = event("{\"key\": \"E-9\", \"tombstone_at\": \"2024-06-05T11:00:00+02:00\"}");

        assertThat(line.problem()).isNull();
        assertThat(line.arrival()).isEqualTo(new Arrival(Topic.ACCESS_EVENTS, "E-9", new Arrival.Tombstone(), NINE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'tombstone_at': '2024-06-05T09:00:00Z'}              | key: expected a string",
                "{'key': null, 'tombstone_at': '2024-06-05T09:00:00Z'} | key: expected a string",
                "{'key': 7, 'tombstone_at': '2024-06-05T09:00:00Z'}    | key: expected a string",
                "{'key': '\\ud800', 'tombstone_at': '2024-06-05T09:00:00Z'} | key: expected Unicode text, not half a surrogate pair",
                "{'key': 'E-9', 'tombstone_at': null}                  | tombstone_at: expected a string",
                "{'key': 'E-9', 'tombstone_at': 7}                     | tombstone_at: expected a string",
            },
            quoteCharacter = '^')
    void aTombstoneWithoutKeyOrTimeIsNone(String json, String problem) throws IOException {
        assertThat(event(json.replace('\'', '"')).problem()).isEqualTo(problem);
    }

    @Test
    void aTombstoneWhoseTimeHasNoZoneIsNone() throws IOException {
        assertThat(Objects.requireNonNull(event("{\"key\": \"E-9\", \"tombstone_at\": \"2024-06-05\"}")
                        .problem()))
                .startsWith("tombstone_at: expected a time");
    }
}
