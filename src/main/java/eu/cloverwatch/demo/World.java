package eu.cloverwatch.demo;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A generated world: half a year from 2024-09-01 of people, employees who travel, gateways and policies, and the accesses to
 * personal data in it. Most are compliant; the others are planted, and only the generator knows where. No fact is late: each is
 * recorded before the first access that it changes. One pass: the accesses are made as they are asked for.
 */
public final class World {

    private static final int MIN_PEOPLE = 300;
    private static final int MAX_PEOPLE = 20_000;
    private static final int EVENTS_PER_PERSON = 10;

    private final List<Arrival> facts;
    private final int policies;
    private final Traffic traffic;

    private World(List<Arrival> facts, int policies, Traffic traffic) {
        this.facts = facts;
        this.policies = policies;
        this.traffic = traffic;
    }

    /**
     * The same arguments give the same world, ids included.
     *
     * @param events records of the access-events topic, duplicates and broken ones among them, spread over the half year
     * @throws IllegalArgumentException if there are none
     */
    public static World generate(long seed, int events) {
        if (events < 1) {
            throw new IllegalArgumentException("expected at least 1 event, got " + events);
        }
        Dice dice = new Dice(seed);
        Workforce workforce = new Workforce(dice.split());
        int people = Math.min(MAX_PEOPLE, Math.max(MIN_PEOPLE, events / EVENTS_PER_PERSON));
        Population population = new Population(dice.split(), people);
        Gateways gateways = new Gateways();
        List<Arrival> policies = Policies.facts();
        List<Arrival> facts = new ArrayList<>(workforce.facts());
        facts.addAll(population.facts());
        facts.addAll(gateways.facts());
        facts.sort(Comparator.comparing(Arrival::timestamp));
        facts.addAll(0, policies);
        Traffic traffic = new Traffic(dice.split(), events, workforce, population, gateways);
        return new World(Collections.unmodifiableList(facts), policies.size(), traffic);
    }

    /** Policies first, then the records of the other table topics in the order in which they are recorded. */
    public List<Arrival> facts() {
        return facts;
    }

    /** The access events alone, in order of time. Shares its one pass with {@link #arrivals()}: use one of them. */
    public Iterator<Arrival> events() {
        return traffic;
    }

    /**
     * Facts and events in order of time, all policies first, a fact before an event of the same time. To tell which comes first,
     * the next event is made already; it is counted and planted then.
     */
    public Iterator<Arrival> arrivals() {
        return new Interleaving(facts, policies, traffic);
    }

    /** What must be found in the events that were asked for so far, by event id, in their order; a view. */
    public Map<String, Planted> planted() {
        return traffic.planted();
    }

    /**
     * How many of the records that were asked for so far must end as what, by the clock of the records: every outcome is there,
     * and the sum is the number of records. A view.
     */
    public Map<Outcome, Long> outcomes() {
        return traffic.outcomes();
    }

    /** When the first event may occur, inclusive. */
    public static Instant start() {
        return Geography.START;
    }

    /** When no event occurs any more, exclusive. */
    public static Instant end() {
        return Geography.END;
    }
}
