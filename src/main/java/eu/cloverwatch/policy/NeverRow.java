package eu.cloverwatch.policy;

import eu.cloverwatch.model.Protection;
import java.util.Optional;
import java.util.Set;

/**
 * A property that the author of a policy claims of it: no event of this kind ends as compliant (IN_REGION, GATEWAY_APPROVED or
 * EXEMPT; for one of {@code residents} OUT_OF_SCOPE, too). The judge does not know it; it is there to be proved.
 *
 * @param line where the row stands, from 1
 * @param destinations countries, of which one at least is a recipient
 * @param categories of which the data has at least one
 * @param protection of the data; UNKNOWN where RAW is, as it is judged alike
 * @param residents where the subject lives; empty: in a country whose residents the policy protects, or nobody knows where
 * @param purposes what the data is for
 * @param minorsOnly whether it speaks of minors' data only
 * @param withoutGateway whether it speaks only of what no gateway is approved for
 * @param withoutConsent whether it speaks only of what the subject has not agreed to
 */
public record NeverRow(
        int line,
        Selection destinations,
        Selection categories,
        Set<Protection> protection,
        Optional<Set<String>> residents,
        Selection purposes,
        boolean minorsOnly,
        boolean withoutGateway,
        boolean withoutConsent) {

    NeverRow below(int lines) {
        return new NeverRow(
                line + lines,
                destinations,
                categories,
                protection,
                residents,
                purposes,
                minorsOnly,
                withoutGateway,
                withoutConsent);
    }
}
