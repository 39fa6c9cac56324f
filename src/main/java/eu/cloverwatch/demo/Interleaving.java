package eu.cloverwatch.demo;

import eu.cloverwatch.wire.Arrival;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Facts and events, each in order of time, as one sequence in order of time. */
final class Interleaving implements Iterator<Arrival> {

    private final List<Arrival> facts;
    private final int first;
    private final Iterator<Arrival> events;
    private int nextFact;
    private @Nullable Arrival nextEvent;

    /**
     * @param first how many facts come before everything else, whatever their time
     */
    Interleaving(List<Arrival> facts, int first, Iterator<Arrival> events) {
        this.facts = facts;
        this.first = first;
        this.events = events;
    }

    @Override
    public boolean hasNext() {
        return nextFact < facts.size() || nextEvent != null || events.hasNext();
    }

    @Override
    public Arrival next() {
        if (nextEvent == null && events.hasNext()) {
            nextEvent = events.next();
        }
        Arrival event = nextEvent;
        if (nextFact < facts.size() && (event == null || nextFact < first || !isAfter(facts.get(nextFact), event))) {
            return facts.get(nextFact++);
        }
        if (event == null) {
            throw new NoSuchElementException();
        }
        nextEvent = null;
        return event;
    }

    private static boolean isAfter(Arrival fact, Arrival event) {
        return fact.timestamp().isAfter(event.timestamp());
    }
}
