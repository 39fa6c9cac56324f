package eu.cloverwatch.bench;

import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The events of a world without most of those that leave the region or cannot be decided. */
final class FewLeave {

    private final World world;
    private final Iterator<Arrival> events;
    private final int oneInLeaves;
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Set<String> leftOut = new HashSet<>();
    private long published;
    private long leaving;

    /** @param oneInLeaves of all that are published, about */
    FewLeave(World world, int oneInLeaves) {
        this.world = world;
        this.events = world.events();
        this.oneInLeaves = oneInLeaves;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    /** Outcomes that those published must have, all eight. */
    Map<Outcome, Long> outcomes() {
        return outcomes;
    }

    /** @param count how many are published */
    void publish(int count, Consumer<Arrival> sink) {
        while (published < count) {
            Map<Outcome, Long> before = new EnumMap<>(world.outcomes());
            Arrival event = events.next();
            Outcome outcome = world.outcomes().entrySet().stream()
                    .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            if (isWanted(event, outcome)) {
                published++;
                leaving += Mix.LEAVING.contains(outcome) ? 1 : 0;
                outcomes.merge(outcome, 1L, Long::sum);
                sink.accept(event);
            }
        }
    }

    /** What comes again under the id of one that was left out would be the first. */
    private boolean isWanted(Arrival event, Outcome outcome) {
        Optional<String> id = id(event);
        if (outcome == Outcome.DUPLICATE || outcome == Outcome.REJECTED) {
            return id.isEmpty() || !leftOut.contains(id.get());
        }
        boolean wanted = !Mix.LEAVING.contains(outcome) || leaving * oneInLeaves < published;
        if (!wanted) {
            id.ifPresent(leftOut::add);
        }
        return wanted;
    }

    private static Optional<String> id(Arrival event) {
        return event.payload() instanceof Arrival.Value value && value.record() instanceof AccessEvent access
                ? Optional.of(access.getEventId())
                : Optional.empty();
    }
}
