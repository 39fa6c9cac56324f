package eu.cloverwatch.audit.verify;

import eu.cloverwatch.model.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What a verification came to.
 *
 * @param differences violations by event id, then chains, then epochs; empty if what was published is what the topics say
 * @param notes what was not compared, and why
 * @param outcomes of the events of the range, as replayed
 * @param violations how many the replay found in the range
 * @param links of chains that were checked
 * @param epochs that were checked
 */
public record Verified(
        List<Difference> differences,
        List<String> notes,
        Map<Outcome, Long> outcomes,
        long violations,
        long links,
        long epochs) {}
