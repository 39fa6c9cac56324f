package eu.cloverwatch.topology;

import eu.cloverwatch.audit.Check;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A small world in which everything collides, as it arrives at the monitor: a function of its seed.
 *
 * @param policies arrive before all
 * @param idsReused whether other events may have ids that were used: what stands then depends on the order of arrival
 * @param revisitPortion see {@link TopologySettings}
 * @param lagsForMonths whether parts of the monitor may be behind others by more than a look-back of event time
 */
record SimulatedWorld(
        long seed,
        ArrivalOrder.Kind kind,
        boolean idsReused,
        int revisitPortion,
        boolean lagsForMonths,
        List<PolicyDocument> policies,
        List<Step> steps) {

    /** Everything that is under way between the parts of the monitor arrives. */
    static final int ALL = Integer.MAX_VALUE;

    /**
     * One record arrives.
     *
     * @param restart the monitor is started anew before
     * @param deliveries how many records of each internal topic arrive at their reader after it
     */
    record Step(Arrival arrival, boolean restart, int deliveries) {}

    static SimulatedWorld of(long seed, Set<ArrivalOrder.Kind> kinds) {
        SimulatedDice dice = new SimulatedDice(seed);
        ArrivalOrder.Kind kind = dice.one(kinds.toArray(ArrivalOrder.Kind[]::new));
        SimulatedClock clock = kind != ArrivalOrder.Kind.SHUFFLED && !dice.oneIn(4)
                ? SimulatedClock.ofMonths(dice, TopologyHarness.LOOKBACK)
                : SimulatedClock.ofDays(dice);
        boolean idsReused = dice.oneIn(12);
        List<PolicyDocument> policies = SimulatedPolicies.of(dice, clock);
        List<Arrival> arrivals =
                new ArrivalOrder(records(dice, clock, idsReused), TopologyHarness.LOOKBACK).of(kind, dice);
        List<Step> steps = steps(
                kind == ArrivalOrder.Kind.FACTS_FIRST ? arrivals : stamped(arrivals, clock, dice),
                clock.isShort() || dice.oneIn(4),
                dice);
        int portion = dice.oneIn(3) ? 1 + dice.below(3) : TopologySettings.REVISIT_PORTION;
        boolean isSlow = portion != TopologySettings.REVISIT_PORTION
                || steps.stream().anyMatch(step -> step.deliveries() != ALL);
        return new SimulatedWorld(seed, kind, idsReused, portion, isSlow && !clock.isShort(), policies, steps);
    }

    private static List<Arrival> records(SimulatedDice dice, SimulatedClock clock, boolean idsReused) {
        SimulatedEvents events = new SimulatedEvents(dice, clock);
        SimulatedFacts facts = new SimulatedFacts(dice, clock);
        List<Arrival> valid = new ArrayList<>(List.of(events.event()));
        List<Arrival> records = new ArrayList<>(valid);
        int size = dice.oneIn(3) ? 60 + dice.below(140) : 20 + dice.below(40);
        int factsInTen = 2 + dice.below(5);
        while (records.size() < size) {
            if (dice.oneIn(25)) {
                records.add(dice.oneIn(2) ? events.invalid() : facts.invalid());
            } else if (dice.below(10) < factsInTen) {
                records.add(facts.fact());
            } else if (dice.oneIn(8)) {
                records.add(events.again(valid.get(dice.below(valid.size()))));
            } else if (idsReused && dice.oneIn(4)) {
                records.add(events.reused(valid.get(dice.below(valid.size()))));
            } else {
                valid.add(events.event());
                records.add(valid.get(valid.size() - 1));
            }
        }
        return records;
    }

    /** As the broker would: with the time of arrival. A tombstone's time is what it says, an invalid record's may be. */
    private static List<Arrival> stamped(List<Arrival> arrivals, SimulatedClock clock, SimulatedDice dice) {
        List<Arrival> stamped = new ArrayList<>();
        Instant now = clock.start();
        for (Arrival arrival : arrivals) {
            SimulatedRecord record = SimulatedRecord.of(arrival);
            now = max(now, notBefore(arrival));
            boolean keep = record instanceof SimulatedRecord.Invalid
                    || arrival.payload() instanceof Arrival.Tombstone
                    || (record instanceof SimulatedRecord.Event && dice.oneIn(2));
            stamped.add(keep ? arrival : new Arrival(arrival.topic(), arrival.key(), arrival.payload(), now));
        }
        return stamped;
    }

    /** No event and no tombstone arrives before it happens. */
    static Instant notBefore(Arrival arrival) {
        SimulatedRecord record = SimulatedRecord.of(arrival);
        if (record instanceof SimulatedRecord.Event event) {
            return event.time();
        }
        return record instanceof SimulatedRecord.Version && arrival.payload() instanceof Arrival.Tombstone
                ? arrival.timestamp()
                : Instant.MIN;
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static List<Step> steps(List<Arrival> arrivals, boolean mayLag, SimulatedDice dice) {
        boolean lagging = dice.oneIn(2) && mayLag;
        int restarts = dice.below(4);
        List<Step> steps = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            boolean restart = dice.below(arrivals.size()) < restarts;
            steps.add(new Step(arrival, restart, lagging && !dice.oneIn(20) ? dice.below(3) : ALL));
        }
        return steps;
    }

    /**
     * Whether all has happened long ago. Else no part of the monitor may be behind by more than the look-back: an erased subject's
     * consents are dropped by the clock on the wall.
     */
    boolean isBacklog() {
        return kind == ArrivalOrder.Kind.FACTS_FIRST || lagsForMonths;
    }

    /** The same world with other steps. */
    SimulatedWorld with(List<Step> other) {
        return new SimulatedWorld(seed, kind, idsReused, revisitPortion, lagsForMonths, policies, other);
    }

    List<Arrival> arrivals() {
        return steps.stream().map(Step::arrival).toList();
    }

    boolean isWithinLookback() {
        return idsReused || new ArrivalOrder(arrivals(), TopologyHarness.LOOKBACK).isWithinLookback();
    }

    /** What the complete data comes to. */
    Check.Result truth() {
        return Check.run(policies, arrivals(), problem -> {}, count -> {});
    }

    Map<Topic, Long> sizes() {
        return steps.stream()
                .collect(Collectors.groupingBy(step -> step.arrival().topic(), Collectors.counting()));
    }

    /** For a person to read: a line for each policy and for each step. */
    String text() {
        StringBuilder text = new StringBuilder();
        policies.forEach(policy -> text.append(policy.text().strip()).append("\n---\n"));
        steps.forEach(step -> text.append(line(step)).append('\n'));
        return text.toString();
    }

    private static String line(Step step) {
        Arrival arrival = step.arrival();
        String value = arrival.payload() instanceof Arrival.Value avro
                ? avro.record().toString().replaceAll("\"\\w+\": (null|\\[\\]), ", "")
                : arrival.payload().getClass().getSimpleName();
        return (step.restart() ? "restart, then " : "")
                + arrival.topic().baseName() + " " + arrival.key() + " @" + arrival.timestamp() + " " + value
                + (step.deliveries() == ALL ? "" : " then deliver " + step.deliveries());
    }
}
