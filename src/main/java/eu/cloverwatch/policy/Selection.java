package eu.cloverwatch.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values a row of the policy is about: countries, categories of data, or purposes.
 *
 * @param values null: any value; else these, in the document's order
 */
public record Selection(@Nullable Set<String> values) {

    public static final Selection ANY = new Selection(null);

    public boolean contains(String value) {
        return values == null || values.contains(value);
    }

    public boolean containsAll(Collection<String> all) {
        return values == null || values.containsAll(all);
    }

    public boolean containsAnyOf(Collection<String> some) {
        return values == null ? !some.isEmpty() : !Collections.disjoint(values, some);
    }
}
