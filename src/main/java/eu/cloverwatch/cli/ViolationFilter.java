package eu.cloverwatch.cli;

import eu.cloverwatch.v1.Violation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Lets through what is wanted, and every later revision of what was let through: who was alarmed must see it when the violation turns
 * out to be less grave, or none.
 */
final class ViolationFilter implements Predicate<Violation> {

    /** What is remembered takes some tens of megabytes at most. */
    private static final int REMEMBERED = 100_000;

    private final Predicate<Violation> wanted;
    private final Set<String> shown;

    ViolationFilter(Predicate<Violation> wanted) {
        this(wanted, REMEMBERED);
    }

    /** @param remembered how many violations, those that were shown last, have their later revisions let through */
    ViolationFilter(Predicate<Violation> wanted, int remembered) {
        this.wanted = wanted;
        this.shown = Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > remembered;
            }
        });
    }

    @Override
    public boolean test(Violation violation) {
        boolean lets = wanted.test(violation) || shown.contains(violation.getViolationId());
        if (lets) {
            shown.add(violation.getViolationId());
        }
        return lets;
    }
}
