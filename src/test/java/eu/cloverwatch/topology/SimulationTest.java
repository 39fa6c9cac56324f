package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.topology.SimulatedWorld.Step;
import eu.cloverwatch.v1.ViolationStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Invariants 1 to 3 of the architecture over hundreds of small worlds, each a function of its seed. More of them:
 *
 * <pre>./mvnw -q -B test -Psimulation -Dcloverwatch.simulation.seeds=5000 -Dcloverwatch.simulation.from=1000000</pre>
 *
 * Seeds count from {@code from}, 1 unless told. Some again: {@code -Dcloverwatch.simulation.seed=N,M} in place of both. Only
 * some orders of arrival: {@code -Dcloverwatch.simulation.kinds=FACTS_FIRST,SHUFFLED,LATE}; then, and with fewer seeds than
 * the default, a world of each kind need not be among them.
 */
@Tag("simulation")
class SimulationTest {

    private static final String SEED = "cloverwatch.simulation.seed";
    private static final String SEEDS = "cloverwatch.simulation.seeds";
    private static final String FROM = "cloverwatch.simulation.from";
    private static final String KINDS = "cloverwatch.simulation.kinds";
    private static final int DEFAULT_SEEDS = 200;

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private static Simulation simulation;

    @BeforeAll
    static void open() {
        simulation = new Simulation(SERDE.get());
    }

    @Test
    void whateverTheOrderOfArrivalTheMonitorEndsWithWhatCheckSays() {
        long[] seeds = seeds();
        SimulationTally tally = new SimulationTally();
        Map<String, List<Long>> failed = new TreeMap<>();
        Map<String, String> reports = new TreeMap<>();
        for (long seed : seeds) {
            SimulatedWorld world = SimulatedWorld.of(seed, kinds());
            assertThat(world.isWithinLookback())
                    .as("the world of seed %s", seed)
                    .isTrue();
            List<String> problems = simulation.problems(world, tally);
            if (!problems.isEmpty()) {
                failed.computeIfAbsent(about(problems.get(0)), about -> new ArrayList<>())
                        .add(seed);
                reports.computeIfAbsent(about(problems.get(0)), about -> report(world, about, problems));
            }
        }
        System.out.println("simulation: " + tally);
        assertThat(failed)
                .as(() -> "the first seed that breaks each invariant\n" + String.join("\n", reports.values()))
                .isEmpty();
        Assumptions.assumeTrue(seeds.length >= DEFAULT_SEEDS, "too few worlds to have everything");
        isNotBoring(tally);
    }

    private static long[] seeds() {
        String some = System.getProperty(SEED);
        long from = Long.getLong(FROM, 1);
        return some == null
                ? LongStream.range(from, from + Integer.getInteger(SEEDS, DEFAULT_SEEDS))
                        .toArray()
                : Arrays.stream(some.split(",")).mapToLong(Long::parseLong).toArray();
    }

    /** All kinds; a comma-separated list narrows them down. */
    private static Set<ArrivalOrder.Kind> kinds() {
        String kinds = System.getProperty(KINDS);
        return kinds == null
                ? EnumSet.allOf(ArrivalOrder.Kind.class)
                : Arrays.stream(kinds.split(","))
                        .map(kind -> ArrivalOrder.Kind.valueOf(kind.trim().toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ArrivalOrder.Kind.class)));
    }

    private static void isNotBoring(SimulationTally tally) {
        // SimulationInvariants say where history may have expired.
        Set<String> rules = Arrays.stream(Rule.values())
                .filter(rule -> rule != Rule.HISTORY_EXPIRED)
                .map(Rule::name)
                .collect(Collectors.toSet());
        assertThat(tally.rules()).containsAll(rules);
        assertThat(tally.outcomes()).containsOnly(Outcome.values());
        if (!kinds().equals(EnumSet.of(ArrivalOrder.Kind.FACTS_FIRST))) {
            assertThat(tally.statuses()).containsOnly(ViolationStatus.values());
        }
    }

    /** The same failure in few records. */
    private static String report(SimulatedWorld world, String about, List<String> problems) {
        Shrinker<Step> shrinker = new Shrinker<>(steps -> fails(world.with(steps), about));
        List<Step> steps = shrinker.shrink(world.steps(), step -> new Step(step.arrival(), false, SimulatedWorld.ALL));
        SimulatedWorld small = world.with(steps);
        return "seed " + world.seed() + " (" + world.kind() + "): "
                + String.join("\n  ", problems)
                + "\n\nIn " + steps.size() + " of " + world.steps().size() + " records:\n  "
                + String.join("\n  ", simulation.problems(small))
                + "\n" + small.text()
                + "\nAgain: ./mvnw -q -B test -Psimulation -D" + SEED + "=" + world.seed();
    }

    private static boolean fails(SimulatedWorld world, String about) {
        return world.isWithinLookback()
                && simulation.problems(world).stream()
                        .anyMatch(problem -> about(problem).equals(about));
    }

    private static String about(String problem) {
        return problem.substring(0, problem.indexOf(':'));
    }
}
