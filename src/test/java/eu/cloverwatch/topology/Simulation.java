package eu.cloverwatch.topology;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.topology.SimulatedWorld.Step;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.topology.TopologyHarness.Rejected;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Lets a world happen to the monitor, and says what the monitor made of it. */
final class Simulation {

    /**
     * The wall clock stays behind the events by this, however often it ticks: what the monitor forgets by the wall clock it
     * forgets a look-back after it is told to, and events may be as late as the look-back to the millisecond.
     */
    private static final Duration BEHIND = Duration.ofHours(1);

    private final RecordSerde serde;

    /** What came out, in the order in which it was published. */
    record Run(
            List<Published> published,
            List<Incident> incidents,
            List<Rejected> rejected,
            Map<Outcome, Long> outcomes) {}

    Simulation(RecordSerde serde) {
        this.serde = serde;
    }

    Run run(SimulatedWorld world) {
        try (SimulatedMonitor monitor = new SimulatedMonitor(serde, start(world), world)) {
            world.policies().forEach(policy -> monitor.arrive(revision(policy), SimulatedWorld.ALL));
            for (Step step : world.steps()) {
                if (step.restart()) {
                    monitor.restart();
                }
                Instant notBefore = SimulatedWorld.notBefore(step.arrival());
                if (notBefore.isAfter(Instant.MIN)) {
                    monitor.at(notBefore.minus(BEHIND));
                }
                monitor.arrive(step.arrival(), step.deliveries());
            }
            monitor.settle();
            return new Run(monitor.published(), monitor.incidents(), monitor.rejected(), monitor.outcomes());
        }
    }

    /** With the first record; if the monitor comes late to topics that are full already, after the last. */
    private static Instant start(SimulatedWorld world) {
        List<Instant> times =
                world.steps().stream().map(Simulation::time).sorted().toList();
        return world.isBacklog() ? times.get(times.size() - 1) : times.get(0).minus(BEHIND);
    }

    private static Arrival revision(PolicyDocument policy) {
        Instant recordedAt = policy.recordedAt().orElse(policy.effectiveFrom());
        PolicyRevision revision = Facts.revision(policy.text(), recordedAt);
        return new Arrival(Topic.POLICIES, revision.getPolicyId(), new Arrival.Value(revision), recordedAt);
    }

    private static Instant time(Step step) {
        return SimulatedRecord.of(step.arrival()) instanceof SimulatedRecord.Event event
                ? event.time()
                : step.arrival().timestamp();
    }

    /** What does not hold of the world, each a line that begins with what it is about; empty if all is well. */
    List<String> problems(SimulatedWorld world) {
        return problems(world, new SimulationTally());
    }

    List<String> problems(SimulatedWorld world, SimulationTally tally) {
        try {
            Run run = run(world);
            tally.add(world, run);
            return SimulationInvariants.problems(world, run, run(world));
        } catch (RuntimeException | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return List.of("failure: " + trace);
        }
    }
}
