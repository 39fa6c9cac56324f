package eu.cloverwatch.audit.report;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a controller has to notify a personal data breach: 72 hours from becoming aware of it (GDPR Art. 33(1)).
 *
 * @param deadline exclusive
 * @param left until then when the report was made, in words
 * @param over whether it had passed
 */
record BreachClock(Instant awareAt, Instant deadline, String left, boolean over) {

    private static final Duration ALLOWED = Duration.ofHours(72);

    /** Null without a time of awareness. */
    static @Nullable BreachClock of(@Nullable Instant awareAt, Instant madeAt) {
        if (awareAt == null) {
            return null;
        }
        Instant deadline = awareAt.plus(ALLOWED);
        Duration left = Duration.between(madeAt, deadline);
        boolean over = left.isNegative() || left.isZero();
        return new BreachClock(awareAt, deadline, Wording.duration(left.abs()), over);
    }
}
