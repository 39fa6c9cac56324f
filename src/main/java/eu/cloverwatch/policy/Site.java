package eu.cloverwatch.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where data is stored or received, as the policy knows it.
 *
 * @param country where it stands, ISO 3166-1 alpha-2
 * @param enclave when it is part of the enclave, without overlap; empty: never
 * @param legacyUntil until when, exclusive, data that is there from before the enclave may stay; null: never allowed
 */
public record Site(
        String id,
        String country,
        List<Interval> enclave,
        @Nullable Instant legacyUntil) {

    public Site {
        enclave = List.copyOf(enclave);
    }

    public boolean isEnclaveAt(Instant t) {
        for (Interval interval : enclave) {
            if (interval.contains(t)) {
                return true;
            }
        }
        return false;
    }

    public boolean isLegacyAt(Instant t) {
        return legacyUntil != null && t.isBefore(legacyUntil);
    }
}
