package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import java.util.List;
import java.util.Map;

/**
 * What a verification came to.
 *
 * @param differences violations by event id, then chains, then epochs; empty if what was published is what the topics say
 * @param notes what was not compared, and why
 * @param losses parts of the range that are no longer kept
 * @param outcomes of the events of the range, as replayed
 * @param records of the range that there are
 * @param violations how many the replay found in the range
 * @param links of chains that were checked
 * @param epochs that were checked
 */
public record Verified(
        List<Difference> differences,
        List<String> notes,
        List<Replayed.Loss> losses,
        Map<Outcome, Long> outcomes,
        long records,
        long violations,
        long links,
        long epochs) {}
