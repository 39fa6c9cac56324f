package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.Replayed.Loss;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of a range that is no longer kept: of what is gone nothing can be said, least of all that nothing was found. */
final class Retention {

    private Retention() {}

    /**
     * @param from start of the range; what is kept from before it on has lost at most what came before its time
     * @param records of the range that are left
     * @throws UserError if there are none, and were some
     */
    static void refuseNothing(List<Loss> losses, Instant from, long records) {
        List<Loss> ofTheRange = losses.stream()
                .filter(loss -> loss.keptFrom() == null || loss.keptFrom().isAfter(from))
                .toList();
        if (records == 0 && !ofTheRange.isEmpty()) {
            throw new UserError("the range is beyond retention: no record of it is left, and nothing can be said of it;"
                    + " kept are " + kept(ofTheRange));
        }
    }

    static String incomplete(List<Loss> losses) {
        return "INCOMPLETE: retention may have taken records of the range; kept are " + kept(losses)
                + "; what was found in the rest is not all there was";
    }

    private static String kept(List<Loss> losses) {
        return losses.stream()
                .map(loss -> loss.topic() + "-" + loss.partition() + " from "
                        + (loss.keptFrom() == null ? "nowhere on" : loss.keptFrom()))
                .collect(Collectors.joining(", "));
    }
}
