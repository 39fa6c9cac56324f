package eu.cloverwatch.wire;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.SubjectConsent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A scenario directory in an order of arrival that is random within the look-back: facts come after the events that they change,
 * events out of order. Each line arrives at the time from which on it counts (an event occurs, a fact is effective, a gateway
 * passed) and by chance up to three quarters of the look-back later. Its Kafka timestamp stays what it is.
 *
 * <p>What the contract lets depend on the order keeps that of the file: facts of one key with equal {@code effective_from} and
 * {@code recorded_at}, and events with one id. A line that is no record stays behind the line before it.
 *
 * <p>Months pass here in seconds, and a monitor takes from what is there in an order of its own. So at some lines everything before
 * must be done with first:
 *
 * <ul>
 *   <li>At each event that occurs more than a quarter of the look-back after the line at which that was so before. Then all that
 *       is under way counts from a time on that is at most a look-back before any event that was published: no event overtakes
 *       by more a fact that takes a longer way.
 *   <li>At facts that follow an event, or a random choice of them where there are many. Else they would be published late, but
 *       taken first.
 * </ul>
 */
public final class ShuffledScenario {

    /**
     * A line as it arrives.
     *
     * @param afterPause whether everything that arrived before must be done with first
     */
    public record Arriving(ScenarioFile.Line line, boolean afterPause) {}

    /** What keeps its order: of events those with one id, of facts those of one key that begin and were recorded alike. */
    private record Kept(Topic topic, @Nullable String name, Instant from, Instant recorded) {}

    /** A record and the lines behind it that are none. */
    private static final class Block {
        private final List<ScenarioFile.Line> lines = new ArrayList<>();
        private long arrivesMs = Long.MIN_VALUE;

        boolean isEvent() {
            return lines.get(0).problem() == null && lines.get(0).arrival().topic() == Topic.ACCESS_EVENTS;
        }

        long timestampMs() {
            return lines.get(0).arrival().timestamp().toEpochMilli();
        }
    }

    /** About so many times at most a fact waits for the events before it. */
    private static final int LATE_FACTS = 50;

    private final long spreadMs;
    private final long leadMs;
    private final SplittableRandom random;
    private final List<Block> blocks = new ArrayList<>();

    private ShuffledScenario(Duration lookback, long seed) {
        this.spreadMs = lookback.toMillis() * 3 / 4;
        this.leadMs = lookback.toMillis() - spreadMs;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Reads the directory into memory; the same seed gives the same order.
     *
     * @param lookback at least a second
     */
    public static List<Arriving> of(ScenarioDirectory directory, Duration lookback, long seed) throws IOException {
        ShuffledScenario scenario = new ShuffledScenario(lookback, seed);
        Map<Kept, List<Block>> together = new LinkedHashMap<>();
        for (Topic topic : ScenarioDirectory.TOPICS) {
            scenario.read(directory, topic, together);
        }
        together.values().forEach(scenario::place);
        return scenario.inOrder();
    }

    private void read(ScenarioDirectory directory, Topic topic, Map<Kept, List<Block>> together) throws IOException {
        int start = blocks.size();
        directory.forEach(topic, line -> {
            boolean isRecord = line.problem() == null;
            if (isRecord || blocks.size() == start) {
                blocks.add(new Block());
            }
            Block block = blocks.get(blocks.size() - 1);
            block.lines.add(line);
            if (isRecord) {
                together.computeIfAbsent(kept(line.arrival()), kept -> new ArrayList<>())
                        .add(block);
            }
        });
    }

    private static Kept kept(Arrival arrival) {
        if (arrival.payload() instanceof Arrival.Value value && value.record() instanceof AccessEvent event) {
            return new Kept(arrival.topic(), event.getEventId(), Instant.EPOCH, Instant.EPOCH);
        }
        return new Kept(arrival.topic(), arrival.key(), from(arrival), arrival.timestamp());
    }

    /** From when on this counts. */
    private static Instant from(Arrival arrival) {
        SpecificRecord record = arrival.payload() instanceof Arrival.Value value ? value.record() : null;
        if (record instanceof EmployeeLocation location) {
            return location.getEffectiveFrom();
        } else if (record instanceof SubjectConsent consent) {
            return consent.getEffectiveFrom();
        } else if (record instanceof GatewayApproval approval) {
            return approval.getEffectiveFrom();
        }
        return arrival.timestamp();
    }

    /** An event whose id was used before by a later one waits for that one. */
    private void place(List<Block> together) {
        long[] delaysMs = random.longs(together.size(), 0, spreadMs).sorted().toArray();
        long earliestMs = Long.MIN_VALUE;
        for (int i = 0; i < delaysMs.length; i++) {
            Block block = together.get(i);
            long fromMs = from(block.lines.get(0).arrival()).toEpochMilli();
            earliestMs = Math.max(earliestMs, fromMs + delaysMs[i]);
            block.arrivesMs = earliestMs;
        }
    }

    private List<Arriving> inOrder() {
        // Stable: of equal times the order of the files decides.
        blocks.sort(Comparator.comparingLong(block -> block.arrivesMs));
        int facts = (int)
                IntStream.range(1, blocks.size()).filter(this::isFactAfterEvent).count();
        List<Arriving> arriving = new ArrayList<>();
        long pausedMs = Long.MIN_VALUE;
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            boolean pause = isFactAfterEvent(i)
                    ? random.nextInt(facts) < LATE_FACTS
                    : block.isEvent() && block.timestampMs() - leadMs > pausedMs;
            if (pause) {
                pausedMs = block.arrivesMs;
            }
            for (ScenarioFile.Line line : block.lines) {
                arriving.add(new Arriving(line, pause && line == block.lines.get(0)));
            }
        }
        return arriving;
    }

    private boolean isFactAfterEvent(int i) {
        return i > 0 && !blocks.get(i).isEvent() && blocks.get(i - 1).isEvent();
    }
}
