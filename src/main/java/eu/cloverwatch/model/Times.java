package eu.cloverwatch.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as the contract writes them. */
public final class Times {

    private static final Pattern FORMAT = Pattern.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})"
            + "(?::([0-9]{2})(?:\\.([0-9]+))?)?"
            + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))");

    private Times() {}

    /**
     * Reads {@code YYYY-MM-DDThh:mm[:ss[.f]]} with {@code Z} or {@code ±hh:mm}; what is finer than milliseconds is cut off.
     *
     * @throws IllegalArgumentException if the text is anything else; the message does not repeat it
     */
    public static Instant parse(String text) {
        Matcher m = FORMAT.matcher(text);
        if (!m.matches()) {
            throw new IllegalArgumentException("expected a time as YYYY-MM-DDThh:mm:ss with Z or an offset");
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(m, 1),
                    number(m, 2),
                    number(m, 3),
                    number(m, 4),
                    number(m, 5),
                    number(m, 6),
                    nanos(m.group(7)));
            return local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(m));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("expected a time that exists", e);
        }
    }

    private static int number(Matcher m, int group) {
        return m.group(group) == null ? 0 : Integer.parseInt(m.group(group));
    }

    /** From the first three digits: cutting text rather than dividing rounds alike before and after 1970. */
    private static int nanos(@Nullable String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3)) * 1_000_000;
    }

    private static int offsetSeconds(Matcher m) {
        if (m.group(8) == null) {
            return 0;
        }
        int hours = number(m, 9);
        int minutes = number(m, 10);
        if (hours > 23 || minutes > 59) {
            throw new DateTimeException("offset");
        }
        int seconds = hours * 3600 + minutes * 60;
        return m.group(8).equals("-") ? -seconds : seconds;
    }
}
