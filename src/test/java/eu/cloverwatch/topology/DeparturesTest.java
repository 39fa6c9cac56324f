package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Months in which departures are announced, long ahead and late, again, moved and taken back, and everybody works on until then. */
class DeparturesTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HORIZON = Duration.ofDays(30);
    private static final int DAYS = 200;
    private static final int EMPLOYEES = 6;
    private static final int DAYS_AHEAD = 90;
    private static final int DAYS_LATE = 3;

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private final TopologyHarness flow = new TopologyHarness(
            TopologyHarness.settings(TopologyHarness.LOOKBACK, HORIZON, TopologySettings.REVISIT_PORTION));
    private final List<Arrival> arrivals = new ArrayList<>();
    private final List<Instant> announced = new ArrayList<>();
    private Instant now = START;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoIsToLeaveIsThereUntilThen(long seed) {
        SimulatedDice dice = new SimulatedDice(seed);
        flow.start(SERDE.get(), START, Map.of());
        try {
            flow.policy(Facts.POLICY, START);
            for (int i = 0; i < EMPLOYEES; i++) {
                arrive(Topic.EMPLOYEE_LOCATIONS, "E-" + i, Facts.location("E-" + i, "IE", START, START));
                announced.add(START);
            }
            for (int day = 0; day < DAYS; day++) {
                day(day, dice);
            }
            assertAgree(found(), truth(), seed);
        } finally {
            flow.close();
        }
    }

    private static void assertAgree(List<String> found, List<String> truth, long seed) {
        assertThat(without(truth, found)).as("missing, seed %s", seed).isEmpty();
        assertThat(without(found, truth)).as("extra, seed %s", seed).isEmpty();
        assertThat(found).as("neither all nor nothing, seed %s", seed).hasSizeBetween(EMPLOYEES, EMPLOYEES * DAYS - 1);
    }

    private static List<String> without(List<String> these, List<String> those) {
        return these.stream().filter(one -> !those.contains(one)).toList();
    }

    private void day(int day, SimulatedDice dice) {
        for (int i = 0; i < EMPLOYEES; i++) {
            if (dice.oneIn(15)) {
                fact(i, dice);
            }
            Access access = event("ev-" + day + "-" + i, now).byEmployee("E-" + i);
            arrive(Topic.ACCESS_EVENTS, "E-" + i, access.avro());
        }
        now = now.plus(DAY);
        flow.advance(DAY);
    }

    /** A departure more often than not; now and then of the time that was announced before, so that it stands or is taken back. */
    private void fact(int employee, SimulatedDice dice) {
        Instant before = announced.get(employee);
        boolean again = dice.oneIn(3) && before.isAfter(now.minus(DAY.multipliedBy(DAYS_LATE)));
        Instant effectiveFrom =
                again ? before : now.plus(DAY.multipliedBy(dice.below(DAYS_AHEAD + DAYS_LATE) - DAYS_LATE));
        EmployeeLocation fact = Facts.location("E-" + employee, dice.one("IE", "JP"), effectiveFrom, now);
        fact.setLeft(!dice.oneIn(3));
        announced.set(employee, effectiveFrom);
        arrive(Topic.EMPLOYEE_LOCATIONS, "E-" + employee, fact);
    }

    private void arrive(Topic topic, String key, SpecificRecord record) {
        arrivals.add(new Arrival(topic, key, new Arrival.Value(record), now));
        flow.publish(topic, key, record, now);
    }

    private List<String> found() {
        FinalViolations found = new FinalViolations();
        flow.violations().forEach(one -> found.add(one.violation()));
        return found.verdicts().stream().map(FinalVerdict::toJson).toList();
    }

    private List<String> truth() {
        List<PolicyDocument> policies = List.of(PolicyDocument.parse(Facts.POLICY));
        return Check.run(policies, arrivals, problem -> {}, count -> {}).verdicts().stream()
                .map(FinalVerdict::toJson)
                .toList();
    }
}
