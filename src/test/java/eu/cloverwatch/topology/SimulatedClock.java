package eu.cloverwatch.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The few times at which anything happens in a simulated world, so that records meet: on bounds, a millisecond beside them, and
 * exactly a look-back apart.
 *
 * @param times not empty, ascending
 */
record SimulatedClock(List<Instant> times) {

    private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
    private static final Duration GRID = Duration.ofHours(6);

    /** Everything within six days: whatever the order of arrival, it is within a look-back of seven. */
    static SimulatedClock ofDays(SimulatedDice dice) {
        return new SimulatedClock(
                points(dice, 4 + dice.below(12), 24).stream().sorted().toList());
    }

    /** Times over four months, in clusters and in pairs that are a look-back apart. */
    static SimulatedClock ofMonths(SimulatedDice dice, Duration lookback) {
        List<Instant> times = new ArrayList<>(points(dice, 8 + dice.below(12), 4 * 120));
        for (Instant time : List.copyOf(times)) {
            int beside = dice.below(3) - 1;
            if (dice.oneIn(3)) {
                times.add(time.plus(lookback).plusMillis(beside));
            } else if (dice.oneIn(2)) {
                times.add(time.plus(GRID.multipliedBy(1 + dice.below(24))));
            }
        }
        return new SimulatedClock(times.stream().sorted().toList());
    }

    private static List<Instant> points(SimulatedDice dice, int count, int steps) {
        List<Instant> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant point = START.plus(GRID.multipliedBy(dice.below(steps)));
            points.add(dice.oneIn(8) ? point.plusMillis(dice.below(3) - 1L) : point);
        }
        return points;
    }

    /** Whether everything is within a week. */
    boolean isShort() {
        return Duration.between(start(), times.get(times.size() - 1)).toDays() < 7;
    }

    /** Not after any of the times. */
    Instant start() {
        return times.get(0);
    }

    Instant any(SimulatedDice dice) {
        return times.get(dice.below(times.size()));
    }
}
