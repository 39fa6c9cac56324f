package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.ShuffledScenario.Arriving;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every seed. */
class ShuffledScenarioTest {

    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final List<Long> SEEDS = List.of(1L, 2L, 3L, 4L, 5L);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    static Stream<Path> cases() throws IOException {
        Path cases = Path.of("src/test/resources/cases");
        assumeTrue(Files.isDirectory(cases), "the cases are not here");
        return Files.list(cases).filter(Files::isDirectory).sorted();
    }

    private static List<Arriving> shuffled(Path directory, long seed) throws IOException {
        return ShuffledScenario.of(new ScenarioDirectory(directory), LOOKBACK, seed);
    }

    private static List<ScenarioFile.Line> inFileOrder(Path directory) throws IOException {
        List<ScenarioFile.Line> lines = new ArrayList<>();
        for (Topic topic : ScenarioDirectory.TOPICS) {
            new ScenarioDirectory(directory).forEach(topic, lines::add);
        }
        return lines;
    }

    private static List<String> places(Collection<Arriving> arriving) {
        return arriving.stream().map(arrival -> arrival.line().place()).toList();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_line_arrives_once_and_is_what_it_was(Path directory) throws IOException {
        Map<String, Instant> timestamps = new HashMap<>();
        inFileOrder(directory)
                .forEach(line -> timestamps.put(line.place(), line.arrival().timestamp()));
        for (long seed : SEEDS) {
            List<Arriving> arriving = shuffled(directory, seed);

            assertThat(places(arriving)).doesNotHaveDuplicates().hasSameSizeAs(timestamps.keySet());
            assertThat(arriving)
                    .allSatisfy(arrival -> assertThat(arrival.line().arrival().timestamp())
                            .isEqualTo(timestamps.get(arrival.line().place())));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_the_contract_lets_depend_on_the_order_keeps_it(Path directory) throws IOException {
        for (long seed : SEEDS) {
            Map<Object, Long> last = new HashMap<>();
            for (Arriving arrival : shuffled(directory, seed)) {
                if (arrival.line().problem() == null) {
                    Long before = last.put(
                            kept(arrival.line().arrival()), arrival.line().number());
                    assertThat(before == null ? 0L : before)
                            .as("%s with seed %d", arrival.line().place(), seed)
                            .isLessThan(arrival.line().number());
                }
            }
        }
    }

    private static Object kept(Arrival arrival) {
        if (arrival.payload() instanceof Arrival.Value value && value.record() instanceof AccessEvent event) {
            return event.getEventId();
        }
        return List.of(arrival.topic(), String.valueOf(arrival.key()), from(arrival), arrival.timestamp());
    }

    private static Instant from(Arrival arrival) {
        Object record = arrival.payload() instanceof Arrival.Value value ? value.record() : null;
        return record instanceof EmployeeLocation location
                ? location.getEffectiveFrom()
                : record instanceof SubjectConsent consent
                        ? consent.getEffectiveFrom()
                        : record instanceof GatewayApproval approval
                                ? approval.getEffectiveFrom()
                                : arrival.timestamp();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_line_that_is_no_record_stays_behind_the_line_before_it(Path directory) throws IOException {
        for (long seed : SEEDS) {
            List<Arriving> arriving = shuffled(directory, seed);
            for (int i = 0; i < arriving.size(); i++) {
                ScenarioFile.Line line = arriving.get(i).line();
                if (line.problem() != null && line.number() > 1) {
                    assertThat(arriving.get(i - 1).line().place())
                            .as("before %s with seed %d", line.place(), seed)
                            .isEqualTo(line.file() + ":" + (line.number() - 1));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothing_counts_from_earlier_than_a_look_back_before_an_event_that_may_overtake_it(Path directory)
            throws IOException {
        for (long seed : SEEDS) {
            Set<String> ids = new HashSet<>();
            Instant latestEvent = Instant.MIN;
            List<Arriving> underWay = new ArrayList<>();
            for (Arriving arrival : shuffled(directory, seed)) {
                if (arrival.afterPause()) {
                    underWay.clear();
                }
                if (arrival.line().problem() == null) {
                    latestEvent = later(latestEvent, arrival);
                    // An id that comes again keeps its place behind the first, however late that is.
                    if (!isEvent(arrival)
                            || ids.add(kept(arrival.line().arrival()).toString())) {
                        underWay.add(arrival);
                    }
                }
                for (Arriving other : underWay) {
                    assertThat(from(other.line().arrival()).plus(LOOKBACK))
                            .as(
                                    "%s when %s comes, seed %d",
                                    other.line().place(), arrival.line().place(), seed)
                            .isAfterOrEqualTo(latestEvent);
                }
            }
        }
    }

    private static boolean isEvent(Arriving arrival) {
        return arrival.line().arrival().topic() == Topic.ACCESS_EVENTS;
    }

    private static Instant later(Instant latest, Arriving arrival) {
        Instant time = arrival.line().arrival().timestamp();
        return isEvent(arrival) && time.isAfter(latest) ? time : latest;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_same_seed_gives_the_same_order_and_others_give_others(Path directory) throws IOException {
        Set<List<String>> orders = new HashSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            orders.add(places(shuffled(directory, seed)));
        }

        assertThat(places(shuffled(directory, 1))).isEqualTo(places(shuffled(directory, 1)));
        assertThat(orders).hasSizeGreaterThan(1);
    }

    @Test
    void facts_come_after_the_events_that_they_change_and_before_them() throws IOException {
        Files.writeString(
                directory.resolve("access-events.ndjson"),
                Json.changed(Json.EVENT, "occurred_at='2024-06-03T00:00:00Z'").toString());
        Files.writeString(
                directory.resolve("employee-locations.ndjson"),
                Json.changed(
                                Json.LOCATION,
                                "effective_from='2024-06-02T00:00:00Z'",
                                "recorded_at='2024-06-02T00:00:00Z'")
                        .toString());
        Set<Topic> first = new TreeSet<>();
        for (long seed = 1; seed <= 10; seed++) {
            List<Arriving> arriving = shuffled(directory, seed);
            first.add(arriving.get(0).line().arrival().topic());
            // Or else the monitor could take the fact first all the same.
            assertThat(arriving.get(1).afterPause()).isTrue();
        }

        assertThat(first).containsExactly(Topic.ACCESS_EVENTS, Topic.EMPLOYEE_LOCATIONS);
    }

    @Test
    void lines_that_are_no_records_at_the_start_of_a_file_come_first() throws IOException {
        Files.write(directory.resolve("access-events.ndjson"), List.of("no JSON", "nor this", Json.EVENT.toString()));

        for (long seed : SEEDS) {
            assertThat(shuffled(directory, seed))
                    .extracting(arrival -> arrival.line().number())
                    .containsExactly(1L, 2L, 3L);
        }
    }
}
