package eu.cloverwatch.demo;

import eu.cloverwatch.demo.Boundaries.Moment;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The access events in order of time, made as they are asked for. Time is cut into as many slots as there are events; a slot
 * holds what is due (a boundary, a record sent again), else something broken, planted or ordinary.
 */
final class Traffic implements Iterator<Arrival> {

    private static final int ONE_IN_BROKEN = 250;
    private static final int MIN_BETWEEN_PLANTED = 14;
    private static final int MAX_BETWEEN_PLANTED = 42;
    private static final int ONE_IN_PLANTED_SENT_AGAIN = 10;
    private static final int ONE_IN_APPROVED_SENT_AGAIN = 40;

    private final Dice dice;
    private final long slots;
    private final Workforce workforce;
    private final Population population;
    private final Gateways gateways;
    private final Recipes recipes;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private final Deque<Moment> boundaries;
    private final Map<String, Planted> planted = new LinkedHashMap<>();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private long slot;
    private long nextPlanted;
    private @Nullable String freeId;

    Traffic(Dice dice, long slots, Workforce workforce, Population population, Gateways gateways) {
        this.dice = dice;
        this.slots = slots;
        this.workforce = workforce;
        this.population = population;
        this.gateways = gateways;
        this.recipes = new Recipes(dice);
        this.nextPlanted = dice.between(3, MIN_BETWEEN_PLANTED);
        this.boundaries = new ArrayDeque<>(Boundaries.of(workforce, population, slots));
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    /** A record that is sent a second time. */
    private record Due(Instant at, Arrival arrival, Outcome outcome) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at.compareTo(other.at);
        }
    }

    /** What must be found in the events so far, by event id, in their order. */
    Map<String, Planted> planted() {
        return Collections.unmodifiableMap(planted);
    }

    /** How many of the records so far must end as what; every outcome is there. */
    Map<Outcome, Long> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    @Override
    public boolean hasNext() {
        return slot < slots;
    }

    @Override
    public Arrival next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Arrival arrival = arrivalOfSlot();
        slot++;
        return arrival;
    }

    private Arrival arrivalOfSlot() {
        Instant end = instant(slot + 1.0);
        Due again = due.peek();
        while (!boundaries.isEmpty() && boundaries.element().at().isBefore(end)) {
            if (again != null && again.at().isBefore(boundaries.element().at())) {
                break;
            }
            Moment moment = boundaries.remove();
            Draft draft = moment.recipe().draft(scene(moment.at()));
            if (draft != null) {
                return sent(draft, moment.at());
            }
        }
        if (again != null && again.at().isBefore(end)) {
            due.remove();
            count(again.outcome());
            return again.arrival();
        }
        return fresh(instant(slot + dice.fraction()));
    }

    private Arrival fresh(Instant at) {
        Scene scene = scene(at);
        if (slot >= nextPlanted) {
            Draft draft = recipes.planted(scene);
            if (draft != null) {
                nextPlanted += dice.between(MIN_BETWEEN_PLANTED, MAX_BETWEEN_PLANTED);
                return sent(draft, at);
            }
        }
        Draft ordinary = recipes.ordinary(scene);
        return dice.below(ONE_IN_BROKEN) == 0 ? broken(ordinary, at) : sent(ordinary, at);
    }

    private Scene scene(Instant at) {
        return new Scene(at, dice, workforce, population, gateways);
    }

    /** Milliseconds of a point on the axis of slots. */
    private Instant instant(double point) {
        long span = Duration.between(Geography.START, Geography.END).toMillis();
        return Geography.START.plusMillis((long) (span / (double) slots * point));
    }

    private Arrival broken(Draft draft, Instant at) {
        String id = dice.uuid();
        AccessEvent event = draft.access().event(id, at);
        Arrival.Payload payload = BrokenRecords.spoil(event, dice);
        freeId = id; // a rejected record does not take its id: the next event may have it
        count(Outcome.REJECTED);
        return new Arrival(Topic.ACCESS_EVENTS, event.getActor().getId(), payload, at);
    }

    private Arrival sent(Draft plan, Instant at) {
        Draft draft = at.isBefore(Policies.FIRST_IN_FORCE) ? plan.withoutPolicy() : plan;
        String id = freeId != null ? freeId : dice.uuid();
        freeId = null;
        AccessEvent event = draft.access().event(id, at);
        count(draft.outcome());
        if (!draft.rules().isEmpty()) {
            planted.put(id, Planted.of(draft, at));
        }
        Arrival arrival = new Arrival(Topic.ACCESS_EVENTS, event.getActor().getId(), new Arrival.Value(event), at);
        if (draft.outcome().isRemembered()) {
            sendAgain(arrival, draft.access().event(id, at), draft.rules().isEmpty());
        }
        return arrival;
    }

    /** The same again is a duplicate; the same id with other content is refused. */
    private void sendAgain(Arrival first, AccessEvent copy, boolean compliant) {
        if (dice.below(compliant ? ONE_IN_APPROVED_SENT_AGAIN : ONE_IN_PLANTED_SENT_AGAIN) != 0) {
            return;
        }
        Instant at = first.timestamp().plusMillis(dice.between(200, 300_000));
        boolean changed = dice.percent(10);
        copy.setByteCount(copy.getByteCount() + (changed ? 1 : 0));
        Arrival again = new Arrival(first.topic(), first.key(), new Arrival.Value(copy), at);
        due.add(new Due(at, again, changed ? Outcome.REJECTED : Outcome.DUPLICATE));
    }

    private void count(Outcome outcome) {
        outcomes.merge(outcome, 1L, Long::sum);
    }
}
