package eu.cloverwatch.audit.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the report says beside the result of the replay.
 *
 * @param version of the program
 * @param command as the user gave it, word by word, to be repeated by others; never with a secret
 * @param awareAt when the controller became aware (GDPR Art. 33(1)); null: not given
 * @param madeAt when the report is made
 * @param rangeOpen whether the range ends after the replay began, so that more may come
 * @param incidentGap violations of one actor with no longer time between them are one incident
 */
public record ReportContext(
        String version,
        List<String> command,
        @Nullable Instant awareAt,
        Instant madeAt,
        boolean rangeOpen,
        Duration incidentGap) {

    public ReportContext {
        command = List.copyOf(command);
    }
}
