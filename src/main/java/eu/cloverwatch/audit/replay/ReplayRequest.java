package eu.cloverwatch.audit.replay;

import eu.cloverwatch.model.Rule;
import eu.cloverwatch.policy.PolicyDocument;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the past.
 *
 * @param from of {@code occurred_at}, inclusive
 * @param to of {@code occurred_at}, exclusive; after {@code from}
 * @param knownAt only what was recorded by then, inclusive; null: everything
 * @param policies to judge by instead of those that were in force; empty: those
 * @param actor only events of this actor; null: of all
 * @param rule only violations in which this rule was found; null: all
 */
public record ReplayRequest(
        Instant from,
        Instant to,
        @Nullable Instant knownAt,
        List<PolicyDocument> policies,
        @Nullable String actor,
        @Nullable Rule rule) {

    public ReplayRequest {
        policies = List.copyOf(policies);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("expected a range that ends after it begins");
        }
    }
}
