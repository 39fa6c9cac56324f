package eu.cloverwatch.topology;

import eu.cloverwatch.topology.SimulatedRecord.Event;
import eu.cloverwatch.topology.SimulatedRecord.Version;
import eu.cloverwatch.wire.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Orders in which the records of a world may arrive: none later than a look-back after the earliest event that it concerns, by
 * stream time, the bound included.
 */
final class ArrivalOrder {

    /** What kind of order. */
    enum Kind {
        /** Facts in any order, then events, each up to a look-back late: a monitor that starts on full topics. */
        FACTS_FIRST,
        /** Any order at all, of a world that is shorter than the look-back. */
        SHUFFLED,
        /** As things happen, each up to a look-back late, facts also early. */
        LATE
    }

    private static final Duration EARLY = Duration.ofDays(20);

    private final List<Arrival> arrivals;
    private final List<SimulatedRecord> records;
    private final Duration lookback;

    ArrivalOrder(List<Arrival> arrivals, Duration lookback) {
        this.arrivals = arrivals;
        this.records = arrivals.stream().map(SimulatedRecord::of).toList();
        this.lookback = lookback;
    }

    /** One record on its way; of records that are alike the order stays as it is given. */
    private record Travelling(int number, long at) {}

    /** The same records in an order of this kind. */
    List<Arrival> of(Kind kind, SimulatedDice dice) {
        List<Travelling> travelling = new ArrayList<>();
        Map<Object, List<Integer>> alike = new LinkedHashMap<>();
        for (int i = 0; i < records.size(); i++) {
            alike.computeIfAbsent(records.get(i).order(), key -> new ArrayList<>())
                    .add(i);
        }
        for (List<Integer> numbers : alike.values()) {
            List<Long> times = numbers.stream()
                    .map(number -> at(kind, number, dice))
                    .sorted()
                    .toList();
            for (int i = 0; i < times.size(); i++) {
                travelling.add(new Travelling(numbers.get(i), times.get(i)));
            }
        }
        travelling.sort(Comparator.comparingLong(Travelling::at).thenComparingInt(Travelling::number));
        return travelling.stream().map(one -> arrivals.get(one.number())).toList();
    }

    private long at(Kind kind, int number, SimulatedDice dice) {
        SimulatedRecord record = records.get(number);
        return switch (kind) {
            case SHUFFLED -> dice.below(1 << 20);
            case FACTS_FIRST ->
                record instanceof Version
                        ? dice.below(1 << 20)
                        : late(number, dice).toEpochMilli();
            case LATE -> late(number, dice).toEpochMilli();
        };
    }

    /** Stream time never is ahead of this: no event arrives before it happens. */
    private Instant late(int number, SimulatedDice dice) {
        if (records.get(number) instanceof Event event) {
            return between(event.time(), event.time().plus(lookback), dice);
        }
        if (records.get(number) instanceof Version version) {
            Instant latest = latest(version);
            Instant from = version.effectiveFrom();
            boolean tombstone = arrivals.get(number).payload() instanceof Arrival.Tombstone;
            return dice.oneIn(4) && !tombstone
                    ? between(from.minus(EARLY), from, dice)
                    : between(from, latest == null ? from.plus(EARLY) : latest, dice);
        }
        return arrivals.get(number).timestamp();
    }

    /** Often at once, often at the last moment. */
    private static Instant between(Instant from, Instant to, SimulatedDice dice) {
        return switch (dice.below(4)) {
            case 0 -> from;
            case 1 -> to;
            default ->
                from.plus(Duration.between(from, to)
                        .multipliedBy(dice.below(1001))
                        .dividedBy(1000));
        };
    }

    /** The greatest stream time at which this version may arrive; null if any: it concerns no event. */
    private @Nullable Instant latest(Version version) {
        Instant until = Instant.MAX;
        for (SimulatedRecord record : records) {
            if (record instanceof Version other
                    && other.topic() == version.topic()
                    && other.key().equals(version.key())
                    && other.effectiveFrom().isAfter(version.effectiveFrom())
                    && other.effectiveFrom().isBefore(until)) {
                until = other.effectiveFrom();
            }
        }
        Instant first = null;
        for (SimulatedRecord record : records) {
            if (record instanceof Event event
                    && event.isJudgedWith(version)
                    && !event.time().isBefore(version.effectiveFrom())
                    && event.time().isBefore(until)
                    && (first == null || event.time().isBefore(first))) {
                first = event.time();
            }
        }
        return first == null ? null : first.plus(lookback);
    }

    /** Whether the order in which the records were given is one in which every fact and event comes in time. */
    boolean isWithinLookback() {
        Instant streamTime = Instant.MIN;
        for (SimulatedRecord record : records) {
            Instant latest = null;
            if (record instanceof Event event) {
                streamTime = event.time().isAfter(streamTime) ? event.time() : streamTime;
                latest = event.time().plus(lookback);
            } else if (record instanceof Version version) {
                latest = latest(version);
            }
            if (latest != null && streamTime.isAfter(latest)) {
                return false;
            }
        }
        return true;
    }
}
