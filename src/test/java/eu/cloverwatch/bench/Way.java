package eu.cloverwatch.bench;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Actor;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Destination;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.kafka.common.utils.Utils;

/**
 * From a partition of the access events to a partition of the consents: both have to be at work for an event to be judged.
 *
 * @param actor a service whose events are in the one
 * @param subject one whose consents are in the other
 */
record Way(String actor, String subject) {

    /** From every partition to every one. */
    static List<Way> all(int partitions) {
        List<Way> ways = new ArrayList<>();
        for (int source = 0; source < partitions; source++) {
            for (int target = 0; target < partitions; target++) {
                ways.add(new Way(
                        inPartition(source, partitions, number -> "mailer-" + number),
                        inPartition(target, partitions, Consents::subject)));
            }
        }
        return ways;
    }

    private static String inPartition(int partition, int partitions, IntFunction<String> names) {
        int number = 0;
        while (partitionOf(names.apply(number), partitions) != partition) {
            number++;
        }
        return names.apply(number);
    }

    static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /**
     * An event that leaves the region through no gateway: VIOLATION. It does not say where its subject lives: whoever judges it
     * without the subject's consents adds that the country is not known.
     */
    Arrival leak(String id, Instant at) {
        AccessEvent event = AccessEvent.newBuilder()
                .setEventId(id)
                .setOccurredAt(at)
                .setService("mail")
                .setOperation(Operation.READ)
                .setActor(new Actor(ActorType.SERVICE, actor, null))
                .setSubject(new Subject(subject, null, 1L, null))
                .setCategories(List.of("EMAIL"))
                .setProtection(Protection.RAW)
                .setRecordCount(1)
                .setByteCount(100)
                .setOriginSite("dublin-1")
                .setDestination(new Destination(null, "US"))
                .setPurpose("SUPPORT")
                .build();
        return new Arrival(Topic.ACCESS_EVENTS, actor, new Arrival.Value(event), at);
    }
}
