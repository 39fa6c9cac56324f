package eu.cloverwatch.demo;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.Subject;
import eu.cloverwatch.wire.Arrival;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What producers send that is no valid event: bytes that are not a record, and records that break the contract. */
final class BrokenRecords {

    private static final byte NOT_CONFLUENT = 1;

    private BrokenRecords() {}

    /** The event, spoiled in one of many ways; the event itself does not stay as it is. */
    static Arrival.Payload spoil(AccessEvent event, Dice dice) {
        return dice.percent(45) ? unreadable(dice) : new Arrival.Value(invalid(event, dice));
    }

    private static Arrival.Payload unreadable(Dice dice) {
        return switch (dice.below(6)) {
            case 0 -> new Arrival.Raw("{\"event_id\":\"no Avro\"}".getBytes(StandardCharsets.UTF_8));
            case 1 -> new Arrival.Raw(new byte[0]);
            case 2 -> new Arrival.Raw(new byte[] {0, 0, 0});
            case 3 -> new Arrival.Raw(new byte[] {0, 0x7F, -1, -1, -1, 2, 2, 2});
            case 4 -> new Arrival.Tombstone();
            default -> {
                byte[] noise = dice.bytes(dice.between(1, 200));
                noise[0] = NOT_CONFLUENT;
                yield new Arrival.Raw(noise);
            }
        };
    }

    private static AccessEvent invalid(AccessEvent broken, Dice dice) {
        switch (dice.below(7)) {
            case 0 -> broken.setRecordCount(-1);
            case 1 -> broken.setByteCount(Long.MIN_VALUE);
            case 2 -> broken.setCategories(List.of());
            case 3 -> broken.setEventId("");
            case 4 -> broken.setEventId("e".repeat(129));
            case 5 -> broken.setSubject(new Subject(null, "UK", 1L, null)); // the code is GB
            default -> broken.setSubject(new Subject(null, "DE", -5L, null));
        }
        return broken;
    }
}
