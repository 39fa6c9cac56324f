package eu.cloverwatch.topology;

import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.model.Timeline.Span;
import eu.cloverwatch.model.Timeline.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The timelines of the keys of one partition. What was superseded longer ago than the history horizon is dropped when a fact
 * is added; a key without value, as of an erased subject, when it has been so, and known to be so, for the horizon.
 *
 * @param <T> what is known of a key
 * @param <S> a timeline as the store has it
 */
final class Timelines<T, S> {

    private final KeyValueStore<String, S> store;
    private final Expiries expiries;
    private final Format<T, S> format;
    private final Duration horizon;
    private final @Nullable Duration keptAfterErasure;

    /** Timelines as they are in a store. */
    interface Format<T, S> {
        Timeline<T> read(String key, S stored);

        S write(Timeline<T> timeline);
    }

    /** @param keptAfterErasure how long, by the wall clock, versions before one without value are kept; null: as all others */
    Timelines(
            KeyValueStore<String, S> store,
            Expiries expiries,
            Format<T, S> format,
            Duration horizon,
            @Nullable Duration keptAfterErasure) {
        this.store = store;
        this.expiries = expiries;
        this.format = format;
        this.horizon = horizon;
        this.keptAfterErasure = keptAfterErasure;
    }

    /** What is known of the key at t; of one that may have been dropped since, {@link Lookup.BeyondHistory}. */
    Lookup<T> asOf(String key, Instant t) {
        Timeline<T> timeline = timeline(key);
        return mayBeDropped(timeline, t) ? Lookup.beyondHistory() : timeline.asOf(t);
    }

    private boolean mayBeDropped(Timeline<T> timeline, Instant t) {
        Instant dropped = expiries.droppedBefore();
        return dropped != null
                && t.isBefore(dropped)
                && (timeline.versions().isEmpty()
                        || t.isBefore(timeline.versions().get(0).effectiveFrom()));
    }

    private Timeline<T> timeline(String key) {
        S stored = store.get(key);
        return stored == null ? Timeline.empty() : format.read(key, stored);
    }

    /**
     * Adds a version.
     *
     * @param timestamp its record's, by which the horizon is counted
     * @param now the wall clock
     * @return the times whose answer it is; empty if it is nowhere, as it was corrected before it came, or is too old
     */
    Optional<Span> add(String key, Version<T> version, Instant timestamp, Instant now) {
        Timeline<T> timeline = timeline(key).with(version).prune(horizon(timestamp, horizon));
        store.put(key, format.write(timeline));
        if (version.value() == null) {
            // What is announced ahead, as HR does with departures, is not so yet.
            Instant since = later(now, version.effectiveFrom());
            expiries.add(since.plus(horizon), key, version.effectiveFrom(), Expiries.Kind.KEY);
            if (keptAfterErasure != null) {
                expiries.add(
                        since.plus(keptAfterErasure), key, version.effectiveFrom(), Expiries.Kind.EARLIER_VERSIONS);
            }
        }
        return timeline.answeredBy(version);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** Drops what is due. */
    void expire(Instant now) {
        expiries.due(now, (key, effectiveFrom, kind) -> expire(key, effectiveFrom, kind, now));
    }

    private void expire(String key, Instant effectiveFrom, Expiries.Kind kind, Instant now) {
        Timeline<T> timeline = timeline(key);
        Instant end = effectiveFrom.plus(horizon);
        if (kind == Expiries.Kind.EARLIER_VERSIONS) {
            store.put(key, format.write(timeline.prune(effectiveFrom)));
        } else if (isLastWithoutValue(timeline, effectiveFrom)) {
            if (end.isAfter(now)) {
                // The horizon has become longer since.
                expiries.add(end, key, effectiveFrom, kind);
            } else {
                store.delete(key);
                expiries.dropped(effectiveFrom);
            }
        }
    }

    private static boolean isLastWithoutValue(Timeline<?> timeline, Instant effectiveFrom) {
        if (timeline.versions().isEmpty()) {
            return true;
        }
        Version<?> last = timeline.versions().get(timeline.versions().size() - 1);
        return last.value() == null && last.effectiveFrom().equals(effectiveFrom);
    }

    /** What was superseded before this time is not kept, for a fact whose record has this timestamp. */
    static Instant horizon(Instant timestamp, Duration horizon) {
        return timestamp.isBefore(Instant.EPOCH) ? Instant.MIN : timestamp.minus(horizon);
    }
}
