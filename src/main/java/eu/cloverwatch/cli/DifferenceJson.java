package eu.cloverwatch.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import eu.cloverwatch.audit.verify.Difference;

/** A difference as a line of JSON. */
final class DifferenceJson {

    private DifferenceJson() {}

    static String of(Difference difference) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", difference.kind().name())
                .put("place", difference.place())
                .put("subject", difference.subject())
                .put("expected", difference.expected())
                .put("found", difference.found())
                .put("cause", difference.cause())
                .toString();
    }
}
