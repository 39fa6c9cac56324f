package eu.cloverwatch.topology;

import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.policy.Policy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All policy revisions, across policy ids, by when they came into force; immutable. Of several in force the last counts;
 * ties go to the greater {@code recorded_at}, then to the later arrival.
 */
final class PolicyHistory {

    static final PolicyHistory EMPTY = new PolicyHistory(List.of());

    private static final Comparator<Entry> ORDER = Comparator.<Entry, Instant>comparing(
                    entry -> entry.revision().inForceFrom())
            .thenComparing(entry -> entry.revision().recordedAt());

    private final List<Entry> entries;

    private record Entry(PolicyRevision revision, Policy policy) {}

    private PolicyHistory(List<Entry> entries) {
        this.entries = entries;
    }

    /** Sorting is stable, so of equal ones the later arrival is the last. */
    PolicyHistory with(PolicyRevision revision, Policy policy) {
        List<Entry> result = new ArrayList<>(entries);
        result.add(new Entry(revision, policy));
        result.sort(ORDER);
        return new PolicyHistory(List.copyOf(result));
    }

    @Nullable Policy inForce(Instant t) {
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!entries.get(i).revision().inForceFrom().isAfter(t)) {
                return entries.get(i).policy();
            }
        }
        return null;
    }

    int size() {
        return entries.size();
    }
}
