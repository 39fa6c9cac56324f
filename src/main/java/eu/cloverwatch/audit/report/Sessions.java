package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Cuts what each actor did into sessions: runs with no longer gap between two of their times than allowed. Holds no more of a
 * violation than its time and severity, eight bytes, as there may be millions.
 */
final class Sessions {

    /** Most severe first, then the one with the most violations, then the earliest. */
    private static final Comparator<Session> RANK = Comparator.comparing(Session::severity, Comparator.reverseOrder())
            .thenComparing(Session::violations, Comparator.reverseOrder())
            .thenComparing(Session::first)
            .thenComparing(Session::actor);

    /** Enough for the ordinals of all severities. */
    private static final int SEVERITY_BITS = 3;

    private final long gapMs;
    private final TreeMap<Actor, Times> actors = new TreeMap<>();

    /** @param last inclusive */
    record Session(Actor actor, Instant first, Instant last, long violations, Severity severity) {}

    /** The first of a ranking, and how long it is. */
    record Ranked(List<Session> first, long count) {}

    private static final class Times {
        private long[] packed = new long[4];
        private int size;

        void add(long value) {
            if (size == packed.length) {
                packed = Arrays.copyOf(packed, size * 2);
            }
            packed[size++] = value;
        }
    }

    /** @param gap longest between two violations of one session, inclusive */
    Sessions(Duration gap) {
        gapMs = gap.toMillis();
    }

    void add(Violation violation) {
        long packed = violation.getOccurredAt().toEpochMilli() << SEVERITY_BITS
                | violation.getSeverity().ordinal();
        actors.computeIfAbsent(Actor.of(violation), id -> new Times()).add(packed);
    }

    /** The first sessions in the order of their weight, at most as many as given. */
    Ranked ranked(int limit) {
        PriorityQueue<Session> heaviest = new PriorityQueue<>(RANK.reversed());
        long[] count = {0};
        actors.forEach((actor, times) -> cut(actor, times, session -> {
            count[0]++;
            heaviest.add(session);
            if (heaviest.size() > limit) {
                heaviest.remove();
            }
        }));
        return new Ranked(heaviest.stream().sorted(RANK).toList(), count[0]);
    }

    private void cut(Actor actor, Times times, Consumer<Session> sink) {
        Arrays.sort(times.packed, 0, times.size);
        int start = 0;
        for (int i = 1; i <= times.size; i++) {
            if (i == times.size || millis(times.packed[i]) - millis(times.packed[i - 1]) > gapMs) {
                sink.accept(session(actor, times.packed, start, i));
                start = i;
            }
        }
    }

    private static Session session(Actor actor, long[] packed, int from, int to) {
        int severity = 0;
        for (int i = from; i < to; i++) {
            severity = Math.max(severity, (int) (packed[i] & ((1 << SEVERITY_BITS) - 1)));
        }
        return new Session(
                actor,
                Instant.ofEpochMilli(millis(packed[from])),
                Instant.ofEpochMilli(millis(packed[to - 1])),
                to - from,
                Severity.values()[severity]);
    }

    private static long millis(long packed) {
        return packed >> SEVERITY_BITS;
    }
}
