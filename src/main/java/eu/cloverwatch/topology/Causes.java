package eu.cloverwatch.topology;

import eu.cloverwatch.wire.Topic;
import java.time.Instant;

/** How a violation names the fact that led to it. */
final class Causes {

    private Causes() {}

    /**
     * For example {@code employee-locations/E-17 effective 2023-03-06T00:00:00Z}.
     *
     * @param name the key, or the pseudonym of a subject
     */
    static String of(Topic topic, String name, Instant effectiveFrom) {
        return topic.shortName() + "/" + name + " effective " + effectiveFrom;
    }
}
