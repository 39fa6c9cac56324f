package eu.cloverwatch.topology;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.Topic;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was seen over many worlds, so that one can tell that they are not boring. */
final class SimulationTally {

    private final Map<ArrivalOrder.Kind, Integer> worlds = new EnumMap<>(ArrivalOrder.Kind.class);
    private final Map<Topic, Long> records = new EnumMap<>(Topic.class);
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<ViolationStatus, Integer> revisions = new EnumMap<>(ViolationStatus.class);
    private final Map<String, Integer> rules = new TreeMap<>();
    private final Map<Integer, Integer> portions = new TreeMap<>();
    private int restarts;

    void add(SimulatedWorld world, Simulation.Run run) {
        worlds.merge(world.kind(), 1, Integer::sum);
        portions.merge(world.revisitPortion(), 1, Integer::sum);
        world.sizes().forEach((topic, size) -> records.merge(topic, size, Long::sum));
        run.outcomes().forEach((outcome, count) -> outcomes.merge(outcome, count, Long::sum));
        restarts += (int)
                world.steps().stream().filter(SimulatedWorld.Step::restart).count();
        run.published().forEach(one -> add(one.violation()));
    }

    private void add(Violation violation) {
        revisions.merge(violation.getStatus(), 1, Integer::sum);
        violation.getFindings().forEach(finding -> rules.merge(finding.getRule(), 1, Integer::sum));
    }

    Set<String> rules() {
        return new TreeSet<>(rules.keySet());
    }

    Set<Outcome> outcomes() {
        return outcomes.keySet();
    }

    Set<ViolationStatus> statuses() {
        return revisions.keySet();
    }

    @Override
    public String toString() {
        return "worlds " + worlds + ", portions " + portions + ", restarts " + restarts + ", records " + records
                + ", outcomes " + outcomes + ", revisions " + revisions + ", rules " + rules;
    }
}
