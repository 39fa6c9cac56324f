package eu.cloverwatch.policy;

import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values a row of the policy is about: countries, or categories of data.
 *
 * @param values null: any value; else these, in the document's order
 */
record Selection(@Nullable Set<String> values) {

    static final Selection ANY = new Selection(null);

    boolean contains(String value) {
        return values == null || values.contains(value);
    }

    boolean containsAll(Collection<String> all) {
        return all.stream().allMatch(this::contains);
    }

    boolean containsAnyOf(Collection<String> some) {
        return some.stream().anyMatch(this::contains);
    }
}
