package eu.cloverwatch.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Something is killed and, after a while, started again.
 *
 * @param occasion what must have happened before
 * @param amount of what the occasion counts
 * @param delay after that
 * @param victims indexes of the instances that are killed, at least one
 * @param wiped whether their state directories are emptied
 * @param broker whether the broker is killed, too
 * @param downtime until they are started again; sessions may end meanwhile, or not
 */
record Strike(
        Occasion occasion,
        int amount,
        Duration delay,
        List<Integer> victims,
        boolean wiped,
        boolean broker,
        Duration downtime) {

    /** What is waited for. */
    enum Occasion {
        /** Records are published: the instances may be starting, restoring or rebalancing. */
        PUBLISHED,
        /** Violations are found: at least one instance is at work. */
        FOUND
    }

    private static final int LONGEST_DELAY_MS = 800;
    private static final int LONGEST_DOWNTIME_MS = 4_000;
    private static final int MOST_FOUND = 3;

    /**
     * Strikes that kill instances so often, and the broker so often; the same arguments give the same ones.
     *
     * @param share records that are published from one strike to the next
     */
    static List<Strike> plan(long seed, int instances, int kills, int brokerKills, int share) {
        Random random = new Random(seed);
        List<Strike> strikes = new ArrayList<>();
        int left = kills;
        while (left > 0) {
            boolean all = left >= instances && random.nextInt(6) == 0;
            List<Integer> victims = new ArrayList<>();
            for (int i = 0; all && i < instances; i++) {
                victims.add(i);
            }
            if (!all) {
                victims.add(random.nextInt(instances));
            }
            left -= victims.size();
            strikes.add(strike(random, share, victims));
        }
        return withBroker(random, strikes, brokerKills);
    }

    private static Strike strike(Random random, int share, List<Integer> victims) {
        Occasion occasion = random.nextInt(3) == 0 ? Occasion.PUBLISHED : Occasion.FOUND;
        return new Strike(
                occasion,
                1 + random.nextInt(occasion == Occasion.PUBLISHED ? share : MOST_FOUND),
                Duration.ofMillis(random.nextInt(LONGEST_DELAY_MS)),
                victims,
                random.nextInt(5) == 0,
                false,
                Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(LONGEST_DOWNTIME_MS)));
    }

    /** Spread over the whole: one at a random place of each part. */
    private static List<Strike> withBroker(Random random, List<Strike> strikes, int brokerKills) {
        List<Strike> all = new ArrayList<>(strikes);
        for (int i = 0; i < brokerKills; i++) {
            int from = all.size() * i / brokerKills;
            int until = Math.max(from + 1, all.size() * (i + 1) / brokerKills);
            int at = from + random.nextInt(until - from);
            Strike s = all.get(at);
            all.set(at, new Strike(s.occasion, s.amount, s.delay, s.victims, s.wiped, true, s.downtime));
        }
        return all;
    }
}
