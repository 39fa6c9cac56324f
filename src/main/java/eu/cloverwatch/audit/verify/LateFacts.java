package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.UsedFact;
import eu.cloverwatch.audit.replay.Witness;
import eu.cloverwatch.model.AccessEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Events that depend on a fact which was recorded so late that the monitor did not judge them again. */
final class LateFacts implements Witness {

    /** They are rare by nature; where they are not, some stand for all. */
    private static final int MAX = 100_000;

    private final Duration lookback;
    private final Map<String, String> byEvent = new ConcurrentHashMap<>();

    LateFacts(Duration lookback) {
        this.lookback = lookback;
    }

    @Override
    public void judged(AccessEvent event, List<UsedFact> facts) {
        for (UsedFact fact : facts) {
            if (fact.recordedAt().isAfter(event.occurredAt().plus(lookback)) && byEvent.size() < MAX) {
                byEvent.put(event.eventId(), fact.toString());
            }
        }
    }

    /** Null if there is none. */
    @Nullable String of(String eventId) {
        String fact = byEvent.get(eventId);
        return fact == null
                ? null
                : fact + " came later than the look-back of " + lookback + ": only replay judges by it";
    }
}
