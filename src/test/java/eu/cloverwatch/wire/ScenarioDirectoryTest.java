package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files come as their topics would: each in its order, between them by time, facts before events. */
class ScenarioDirectoryTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private void write(String file, String... lines) throws IOException {
        Files.write(directory.resolve(file), List.of(lines));
    }

    private static String event(String id, String time) {
        return Json.changed(Json.EVENT, "event_id='" + id + "'", "occurred_at='" + time + "'")
                .toString();
    }

    private static String location(String id, String recordedAt) {
        return Json.changed(Json.LOCATION, "employee_id='" + id + "'", "recorded_at='" + recordedAt + "'")
                .toString();
    }

    private List<String> interleaved() throws IOException {
        List<String> places = new ArrayList<>();
        new ScenarioDirectory(directory)
                .forEachInterleaved(line -> places.add(line.arrival().topic() + ":" + line.number()));
        return places;
    }

    @Test
    void linesComeByTimeWhateverTheirFile() throws IOException {
        write("access-events.ndjson", event("1", "2024-01-01T00:00:00Z"), event("2", "2024-01-03T00:00:00Z"));
        write("employee-locations.ndjson", location("E-1", "2024-01-02T00:00:00Z"));

        assertThat(interleaved()).containsExactly("ACCESS_EVENTS:1", "EMPLOYEE_LOCATIONS:1", "ACCESS_EVENTS:2");
    }

    @Test
    void atEqualTimesFactsComeBeforeEvents() throws IOException {
        String time = "2024-01-01T00:00:00Z";
        write("access-events.ndjson", event("1", time));
        write("gateway-passes.ndjson", "{\"pass_id\": \"P\", \"opened_at\": \"" + time + "\"}");
        write("gateways.ndjson", "{\"key\": \"G\", \"tombstone_at\": \"" + time + "\"}");
        write("consents.ndjson", "{\"subject_id\": \"S\", \"recorded_at\": \"" + time + "\"}");
        write("employee-locations.ndjson", location("E-1", time), location("E-2", time));

        assertThat(interleaved())
                .containsExactly(
                        "EMPLOYEE_LOCATIONS:1",
                        "EMPLOYEE_LOCATIONS:2",
                        "CONSENTS:1",
                        "GATEWAYS:1",
                        "GATEWAY_PASSES:1",
                        "ACCESS_EVENTS:1");
    }

    @Test
    void theOrderWithinAFileStaysWhateverTheTimesSay() throws IOException {
        write("access-events.ndjson", event("1", "2024-01-05T00:00:00Z"), event("2", "2024-01-01T00:00:00Z"));
        write("employee-locations.ndjson", location("E-1", "2024-01-03T00:00:00Z"));

        assertThat(interleaved()).containsExactly("EMPLOYEE_LOCATIONS:1", "ACCESS_EVENTS:1", "ACCESS_EVENTS:2");
    }

    @Test
    void aLineWithoutATimeStaysBehindTheLineBeforeIt() throws IOException {
        write(
                "access-events.ndjson",
                event("1", "2024-01-02T00:00:00Z"),
                "no JSON",
                event("2", "2024-01-04T00:00:00Z"));
        write("employee-locations.ndjson", location("E-1", "2024-01-03T00:00:00Z"));

        assertThat(interleaved())
                .containsExactly("ACCESS_EVENTS:1", "ACCESS_EVENTS:2", "EMPLOYEE_LOCATIONS:1", "ACCESS_EVENTS:3");
    }

    @Test
    void filesMayBeMissing() throws IOException {
        assertThat(interleaved()).isEmpty();

        new ScenarioDirectory(directory).forEach(Topic.CONSENTS, line -> {
            throw new AssertionError("there is no line");
        });
    }

    @Test
    void everyInputTopicHasItsFileAndNoOtherHas() {
        ScenarioDirectory scenario = new ScenarioDirectory(directory);

        assertThat(scenario.file(Topic.ACCESS_EVENTS)).isEqualTo(directory.resolve("access-events.ndjson"));
        assertThat(scenario.file(Topic.EMPLOYEE_LOCATIONS)).isEqualTo(directory.resolve("employee-locations.ndjson"));
        assertThat(scenario.file(Topic.CONSENTS)).isEqualTo(directory.resolve("consents.ndjson"));
        assertThat(scenario.file(Topic.GATEWAYS)).isEqualTo(directory.resolve("gateways.ndjson"));
        assertThat(scenario.file(Topic.GATEWAY_PASSES)).isEqualTo(directory.resolve("gateway-passes.ndjson"));
        assertThat(scenario.policyFile()).isEqualTo(directory.resolve("policy.yaml"));
        assertThat(scenario.expectedFile()).isEqualTo(directory.resolve("expected.ndjson"));
        assertThatThrownBy(() -> scenario.file(Topic.VIOLATIONS)).isInstanceOf(IllegalArgumentException.class);
    }
}
