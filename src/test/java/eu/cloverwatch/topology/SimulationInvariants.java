package eu.cloverwatch.topology;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.runtime.FinalViolations;
import eu.cloverwatch.topology.TopologyHarness.Published;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.HashChain;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must hold of every world, whatever the order of arrival and whenever the monitor was started anew. */
final class SimulationInvariants {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SimulatedWorld world;
    private final Simulation.Run run;
    private final List<String> problems = new ArrayList<>();

    private SimulationInvariants(SimulatedWorld world, Simulation.Run run) {
        this.world = world;
        this.run = run;
    }

    /** @param again another run of the same world */
    static List<String> problems(SimulatedWorld world, Simulation.Run run, Simulation.Run again) {
        SimulationInvariants invariants = new SimulationInvariants(world, run);
        invariants.everyEventHasOneOutcome();
        invariants.runsAreAlike(again);
        run.published().stream()
                .collect(Collectors.groupingBy(one -> one.violation().getChain().getId()))
                .values()
                .forEach(invariants::chainIsUnbroken);
        if (!world.idsReused()) {
            invariants.violationsAreAsTheyShouldBe();
        }
        return invariants.problems;
    }

    /** Of two events with one id none can say which one stands; two subjects' violations then have one id. */
    private void violationsAreAsTheyShouldBe() {
        finalViolationsAreTrue();
        finalIncidentsAreTrue();
        nothingNeededIsForgotten();
        run.published().stream()
                .collect(Collectors.groupingBy(Published::key))
                .values()
                .forEach(this::revisionsFollow);
        if (world.kind() == ArrivalOrder.Kind.FACTS_FIRST) {
            nothingIsRevised();
        }
    }

    private void expect(boolean holds, String about, String what) {
        if (!holds) {
            problems.add(about + ": " + what);
        }
    }

    private void finalViolationsAreTrue() {
        Check.Result truth = world.truth();
        FinalViolations found = new FinalViolations();
        run.published().forEach(one -> found.add(one.violation()));
        List<String> expected = json(truth.verdicts());
        List<String> actual = json(found.verdicts());
        expect(
                actual.equals(expected),
                "convergence",
                "missing " + without(expected, actual) + ", extra " + without(actual, expected));
    }

    /** Events come within the look-back, unless one is sent again with another time. */
    private void nothingNeededIsForgotten() {
        List<String> forgotten = run.published().stream()
                .map(Published::violation)
                .filter(violation -> violation.getFindings().stream()
                        .anyMatch(finding -> finding.getRule().equals(Rule.HISTORY_EXPIRED.name())))
                .map(Violation::getEventId)
                .toList();
        expect(forgotten.isEmpty(), "forgotten", "what these were to be judged with: " + forgotten);
    }

    private void finalIncidentsAreTrue() {
        List<String> expected = NaiveIncidents.of(
                run.published().stream().map(Published::violation).toList(), TopologyHarness.INCIDENT_GAP);
        List<String> actual = NaiveIncidents.last(run.incidents());
        expect(
                actual.equals(expected),
                "incidents",
                "missing " + without(expected, actual) + ", extra " + without(actual, expected));
    }

    private static List<String> json(List<FinalVerdict> verdicts) {
        return verdicts.stream().map(FinalVerdict::toJson).toList();
    }

    private static List<String> without(List<String> these, List<String> those) {
        return these.stream().filter(one -> !those.contains(one)).toList();
    }

    private void everyEventHasOneOutcome() {
        long events = world.sizes().getOrDefault(Topic.ACCESS_EVENTS, 0L);
        long outcomes =
                run.outcomes().values().stream().mapToLong(Long::longValue).sum();
        expect(events == outcomes, "conservation", events + " events, outcomes " + run.outcomes());
        long rejectedEvents = run.rejected().stream()
                .filter(one ->
                        Topic.ACCESS_EVENTS.defaultName().equals(one.headers().get(Rejects.TOPIC)))
                .count();
        long rejected = run.outcomes().getOrDefault(Outcome.REJECTED, 0L);
        // An event that a late fact makes one of a reused id has had another outcome before.
        expect(
                world.idsReused() ? rejectedEvents >= rejected : rejectedEvents == rejected,
                "rejects",
                rejectedEvents + " published, " + rejected + " counted");
    }

    private void runsAreAlike(Simulation.Run again) {
        expect(bytes(run).equals(bytes(again)), "determinism", "a second run published other violations or rejects");
        expect(run.incidents().equals(again.incidents()), "determinism", "a second run published other incidents");
        expect(run.outcomes().equals(again.outcomes()), "determinism", "a second run counted other outcomes");
    }

    private static List<List<Object>> bytes(Simulation.Run run) {
        List<List<Object>> bytes = new ArrayList<>();
        run.published().forEach(one -> bytes.add(List.of(one.key(), one.headers(), ByteBuffer.wrap(one.bytes()))));
        run.rejected()
                .forEach(one ->
                        bytes.add(List.of(Arrays.toString(one.key()), Arrays.toString(one.value()), one.headers())));
        return bytes;
    }

    private void revisionsFollow(List<Published> revisions) {
        Violation before = null;
        for (Published one : revisions) {
            Violation violation = one.violation();
            String name = violation.getEventId() + " revision " + violation.getRevision() + " ";
            if (before == null) {
                expect(violation.getRevision() == 0, "revisions", name + "is the first");
                expect(violation.getStatus() == ViolationStatus.OPEN, "revisions", name + "is first but not OPEN");
            } else {
                expect(violation.getRevision() == before.getRevision() + 1, "revisions", name + "does not follow");
                expect(violation.getStatus() != ViolationStatus.OPEN, "revisions", name + "is OPEN");
                expect(violation.getCause() != null, "revisions", name + "has no cause");
                expect(isChange(before, violation), "revisions", name + "changes nothing");
            }
            before = violation;
        }
    }

    private static boolean isChange(Violation before, Violation after) {
        boolean wasWithdrawn = before.getStatus() == ViolationStatus.WITHDRAWN;
        boolean isWithdrawn = after.getStatus() == ViolationStatus.WITHDRAWN;
        return wasWithdrawn != isWithdrawn || (!isWithdrawn && !content(before).equals(content(after)));
    }

    /** Without what may differ between two revisions that say the same. */
    private static Violation content(Violation violation) {
        return Violation.newBuilder(violation)
                .setRevision(0)
                .setStatus(ViolationStatus.OPEN)
                .setDetectedAt(Instant.EPOCH)
                .setCause(null)
                .setEvidence(new Evidence("", 0, 0L, "", null, null, null))
                .setChain(new Chain("", 0L, NOTHING, NOTHING))
                .build();
    }

    private void chainIsUnbroken(List<Published> links) {
        byte[] previous = new byte[0];
        for (int i = 0; i < links.size(); i++) {
            Violation violation = Violation.newBuilder(links.get(i).violation()).build();
            Chain chain = violation.getChain();
            byte[] hash = HashChain.link(violation, chain.getId(), i, previous);
            expect(
                    chain.getSequence() == i
                            && chain.getPreviousHash().equals(ByteBuffer.wrap(previous))
                            && chain.getHash().equals(ByteBuffer.wrap(hash)),
                    "chain",
                    "link " + i + " of " + chain.getId() + " is broken");
            previous = hash;
        }
    }

    /** Facts that are there before the events raise no alarm that is withdrawn a moment later. */
    private void nothingIsRevised() {
        Map<String, Integer> revised = new HashMap<>();
        run.published().stream()
                .map(Published::violation)
                .filter(violation -> violation.getRevision() > 0 || violation.getCause() != null)
                .forEach(violation -> revised.merge(violation.getEventId(), violation.getRevision(), Math::max));
        expect(revised.isEmpty(), "facts first", "revised all the same: " + revised);
    }
}
