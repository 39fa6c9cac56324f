package eu.cloverwatch.crash;

import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A generated world in which some facts become known long after the events that they change, and some records are sent again.
 * No id is used for two different events: which of them stands is not promised.
 */
final class LateWorld {

    private static final int ONE_IN_LATE = 3;
    private static final int ONE_IN_CORRECTED = 2;
    private static final int ONE_IN_SENT_AGAIN = 25;
    private static final int LATEST_MINUTES = 60 * 24 * 60;

    private final Random random;
    private final LateFacts lateFacts;
    private final List<Timed> timed = new ArrayList<>();
    private final Map<String, AccessEvent> byId = new HashMap<>();

    /** A record, and when it is published in the time of the world. */
    private record Timed(Instant at, Arrival arrival) {}

    private LateWorld(long seed) {
        this.random = new Random(seed);
        this.lateFacts = new LateFacts(random);
    }

    /**
     * All records in the order in which they are published, policies first. The same arguments give the same records.
     *
     * @param events before some are sent again
     */
    static List<Arrival> arrivals(long seed, int events) {
        LateWorld world = new LateWorld(seed);
        List<Arrival> arrivals = new ArrayList<>();
        Iterator<Arrival> all = World.generate(seed, events).arrivals();
        while (all.hasNext()) {
            Arrival arrival = all.next();
            if (arrival.topic() == Topic.POLICIES) {
                arrivals.add(arrival);
            } else {
                world.add(arrival);
            }
        }
        world.timed.sort(Comparator.comparing(Timed::at));
        world.timed.forEach(timed -> arrivals.add(timed.arrival()));
        return arrivals;
    }

    private void add(Arrival arrival) {
        if (arrival.topic() == Topic.ACCESS_EVENTS && arrival.payload() instanceof Arrival.Value value) {
            AccessEvent event = (AccessEvent) value.record();
            if (isValid(event)) {
                AccessEvent first = byId.putIfAbsent(event.getEventId(), event);
                if (first != null && !first.equals(event)) {
                    return;
                }
                followedBy(arrival, event);
            }
        }
        timed.add(new Timed(arrival.timestamp(), arrival));
    }

    private void followedBy(Arrival arrival, AccessEvent event) {
        if (random.nextInt(ONE_IN_SENT_AGAIN) == 0) {
            timed.add(new Timed(later(arrival.timestamp()), arrival));
        }
        if (random.nextInt(ONE_IN_LATE) == 0) {
            Instant known = later(arrival.timestamp());
            Arrival fact = lateFacts.about(event, known);
            timed.add(new Timed(known, fact));
            while (random.nextInt(ONE_IN_CORRECTED) == 0) {
                known = later(known);
                timed.add(new Timed(known, lateFacts.correcting(fact, event, known)));
            }
        }
    }

    private Instant later(Instant time) {
        return time.plus(Duration.ofMinutes(1 + random.nextInt(LATEST_MINUTES)));
    }

    private static boolean isValid(AccessEvent event) {
        try {
            ModelRecords.accessEvent(event);
            return true;
        } catch (InvalidRecordException e) {
            return false;
        }
    }
}
