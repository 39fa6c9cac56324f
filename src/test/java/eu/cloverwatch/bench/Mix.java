package eu.cloverwatch.bench;

import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.Arrival;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the access events are like. */
enum Mix {
    /** As {@code demo} makes them: more than a third leave the region or cannot be decided, so that there is much to see. */
    DEMO {
        @Override
        Published publish(long seed, int events, Consumer<Arrival> sink) {
            World world = World.generate(seed, events);
            world.facts().forEach(sink);
            world.events().forEachRemaining(sink);
            return new Published(events, world.outcomes());
        }
    },
    /** The same, but of those that leave or cannot be decided only so many that they are one in twenty. */
    FEW_LEAVE {
        @Override
        Published publish(long seed, int events, Consumer<Arrival> sink) {
            // What is left out has to be made, too.
            World world = World.generate(seed, 2 * events);
            world.facts().forEach(sink);
            FewLeave few = new FewLeave(world, ONE_IN_LEAVES);
            few.publish(events, sink);
            return new Published(events, few.outcomes());
        }
    };

    private static final int ONE_IN_LEAVES = 20;

    /** Outcomes that need the subject's consents and the gateway's approval. */
    static final List<Outcome> LEAVING =
            List.of(Outcome.GATEWAY_APPROVED, Outcome.VIOLATION, Outcome.UNDECIDABLE, Outcome.DUPLICATE);

    /** @param outcomes that they must have, all eight */
    record Published(long events, Map<Outcome, Long> outcomes) {

        double leaving() {
            return (double) LEAVING.stream().mapToLong(outcomes::get).sum() / events;
        }
    }

    /**
     * Hands on all facts, then so many events.
     *
     * @param seed the same one gives the same records
     */
    abstract Published publish(long seed, int events, Consumer<Arrival> sink);
}
