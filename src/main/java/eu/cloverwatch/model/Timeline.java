package eu.cloverwatch.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bitemporal history of one key: every version of a fact with the time from which it is valid and the time at which it
 * became known. Immutable, so that a reader on another thread sees a whole history or the one before.
 *
 * <p>Versions are ordered by {@code effectiveFrom}, then {@code recordedAt}, both ascending; of two with both equal the one
 * that arrived later replaces the other.
 */
public final class Timeline<T> {

    private static final Comparator<Version<?>> ORDER =
            Comparator.<Version<?>, Instant>comparing(Version::effectiveFrom).thenComparing(Version::recordedAt);

    private final List<Version<T>> versions;
    private final @Nullable Instant prunedBefore;

    /**
     * One version.
     *
     * @param effectiveFrom from when on it is valid, inclusive, until the next version is
     * @param recordedAt when it became known
     * @param value null: from here on there is no value (tombstone, employee left)
     */
    public record Version<T>(
            Instant effectiveFrom,
            Instant recordedAt,
            @Nullable T value) {}

    /**
     * A range of times.
     *
     * @param from inclusive
     * @param until exclusive; null: without end
     */
    public record Span(Instant from, @Nullable Instant until) {
        public boolean contains(Instant t) {
            return !t.isBefore(from) && (until == null || t.isBefore(until));
        }
    }

    private Timeline(List<Version<T>> versions, @Nullable Instant prunedBefore) {
        this.versions = versions;
        this.prunedBefore = prunedBefore;
    }

    public static <T> Timeline<T> empty() {
        return new Timeline<>(List.of(), null);
    }

    /**
     * Restores a timeline from what {@link #versions} and {@link #prunedBefore} gave.
     *
     * @throws IllegalArgumentException if the versions are not strictly ascending
     */
    public static <T> Timeline<T> restore(List<Version<T>> versions, @Nullable Instant prunedBefore) {
        for (int i = 1; i < versions.size(); i++) {
            if (ORDER.compare(versions.get(i - 1), versions.get(i)) >= 0) {
                throw new IllegalArgumentException("versions are not in order at " + i);
            }
        }
        return new Timeline<>(List.copyOf(versions), prunedBefore);
    }

    /**
     * This history with one more version, in its place by time; the same version again changes nothing. A version from
     * before what was pruned changes nothing either: what followed it is no longer known.
     */
    public Timeline<T> with(Version<T> version) {
        if (prunedBefore != null && version.effectiveFrom().isBefore(prunedBefore)) {
            return this;
        }
        int at = versions.size();
        while (at > 0 && ORDER.compare(versions.get(at - 1), version) > 0) {
            at--;
        }
        List<Version<T>> result = new ArrayList<>(versions.size() + 1);
        result.addAll(versions);
        if (at > 0 && ORDER.compare(versions.get(at - 1), version) == 0) {
            result.set(at - 1, version);
        } else {
            result.add(at, version);
        }
        return new Timeline<>(List.copyOf(result), prunedBefore);
    }

    /** The version with the greatest {@code effectiveFrom <= t}; ties go to the greatest {@code recordedAt}. */
    public Lookup<T> asOf(Instant t) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            Version<T> version = versions.get(i);
            if (!version.effectiveFrom().isAfter(t)) {
                T value = version.value();
                return value == null ? Lookup.absent() : new Lookup.Known<>(value, version.effectiveFrom());
            }
        }
        return prunedBefore == null ? Lookup.absent() : Lookup.beyondHistory();
    }

    /** The times for which a version of this history is the answer; empty if there are none. */
    public Optional<Span> answeredBy(Version<T> version) {
        int at = versions.indexOf(version);
        if (at < 0) {
            return Optional.empty();
        }
        Instant until = at + 1 < versions.size() ? versions.get(at + 1).effectiveFrom() : null;
        return version.effectiveFrom().equals(until)
                ? Optional.empty()
                : Optional.of(new Span(version.effectiveFrom(), until));
    }

    /**
     * This history without the versions that cannot answer for any time at or after the horizon. What is dropped is
     * remembered: before the first version kept the answer becomes {@link Lookup.BeyondHistory}.
     */
    public Timeline<T> prune(Instant horizon) {
        int valid = versions.size() - 1;
        while (valid >= 0 && versions.get(valid).effectiveFrom().isAfter(horizon)) {
            valid--;
        }
        if (valid <= 0) {
            return this;
        }
        List<Version<T>> kept = versions.subList(valid, versions.size());
        return new Timeline<>(List.copyOf(kept), kept.get(0).effectiveFrom());
    }

    /** All versions kept, in order. */
    public List<Version<T>> versions() {
        return versions;
    }

    /** Null if nothing was ever pruned; else before this time nothing is known any more. */
    public @Nullable Instant prunedBefore() {
        return prunedBefore;
    }
}
