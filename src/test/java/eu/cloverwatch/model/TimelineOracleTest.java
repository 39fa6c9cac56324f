package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.model.Timeline.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A timeline, whatever arrives and whenever it is pruned, against a list of all arrivals that is gone through each time. */
class TimelineOracleTest {

    private static final int TIMELINES = 400;
    private static final int SPAN = 12;

    private final List<Version<Integer>> arrivals = new ArrayList<>();
    private Timeline<Integer> timeline = Timeline.empty();
    private @Nullable Instant horizon;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_240_605})
    void itAnswersAsTheListDoes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TIMELINES; i++) {
            arrivals.clear();
            timeline = Timeline.empty();
            horizon = null;
            for (int step = random.nextInt(15); step >= 0; step--) {
                step(random, step);
                for (int t = -1; t <= SPAN; t++) {
                    assertThat(timeline.asOf(at(t)))
                            .as("seed %d, timeline %d, step %d, t %d of %s", seed, i, step, t, arrivals)
                            .isEqualTo(expected(at(t)));
                }
            }
        }
    }

    private void step(Random random, int value) {
        if (random.nextInt(5) == 0) {
            Instant until = at(random.nextInt(SPAN));
            timeline = timeline.prune(until);
            horizon = timeline.prunedBefore();
            return;
        }
        Version<Integer> version = new Version<>(
                at(random.nextInt(SPAN)),
                at(random.nextInt(SPAN)),
                random.nextInt(4) == 0 ? null : Integer.valueOf(value));
        Instant pruned = horizon;
        if (pruned == null || !version.effectiveFrom().isBefore(pruned)) {
            arrivals.add(version);
        }
        timeline = timeline.with(version);
    }

    private Lookup<Integer> expected(Instant t) {
        if (horizon != null && t.isBefore(horizon)) {
            return Lookup.beyondHistory();
        }
        Version<Integer> best = null;
        for (Version<Integer> version : arrivals) {
            if (!version.effectiveFrom().isAfter(t) && (best == null || !earlier(version, best))) {
                best = version;
            }
        }
        return best == null || best.value() == null
                ? Lookup.absent()
                : new Lookup.Known<>(best.value(), best.effectiveFrom());
    }

    private static boolean earlier(Version<?> a, Version<?> b) {
        int order = a.effectiveFrom().compareTo(b.effectiveFrom());
        return order < 0 || (order == 0 && a.recordedAt().isBefore(b.recordedAt()));
    }

    private static Instant at(int t) {
        return Instant.ofEpochSecond(1_700_000_000L + t);
    }
}
