package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.Rule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How the report writes figures, times and rules: English, UTC, the same everywhere. */
final class Wording {

    private static final DateTimeFormatter SECONDS = format("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLIS = format("uuuu-MM-dd HH:mm:ss.SSS");
    private static final DateTimeFormatter DAY = format("d MMMM uuuu");
    private static final DateTimeFormatter DAY_AND_TIME = format("d MMMM uuuu, HH:mm");
    private static final String[] BYTE_UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Wording() {}

    static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    /** With commas between thousands. */
    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** In units of 1000. */
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTE_UNITS[unit]);
    }

    static String time(Instant time) {
        return (time.getNano() == 0 ? SECONDS : MILLIS).format(time);
    }

    /** A day if it is midnight. */
    static String date(Instant time) {
        return (time.getEpochSecond() % Duration.ofDays(1).toSeconds() == 0 ? DAY : DAY_AND_TIME).format(time);
    }

    /** From the first, inclusive, to the second, exclusive; whole days without their times. */
    static String range(Instant from, Instant to) {
        long day = Duration.ofDays(1).toSeconds();
        if (from.getEpochSecond() % day != 0 || to.getEpochSecond() % day != 0 || to.getNano() + from.getNano() != 0) {
            return time(from) + " to " + time(to);
        }
        Instant last = to.minusSeconds(day);
        return from.equals(last) ? DAY.format(from) : DAY.format(from) + " to " + DAY.format(last);
    }

    /** Days if they are whole, else hours and minutes. */
    static String duration(Duration duration) {
        if (duration.toHours() >= 24 && duration.equals(Duration.ofDays(duration.toDays()))) {
            return plural(duration.toDays(), "day", "days");
        }
        String minutes = plural(duration.toMinutesPart(), "minute", "minutes");
        return duration.toHours() == 0
                ? minutes
                : plural(duration.toHours(), "hour", "hours") + (duration.toMinutesPart() == 0 ? "" : " " + minutes);
    }

    static String plural(long count, String one, String many) {
        return number(count) + " " + (count == 1 ? one : many);
    }

    /** {@code PHONE_NUMBER} as {@code Phone number}; what is no symbol as it is. */
    static String plain(String symbol) {
        if (!symbol.equals(symbol.toUpperCase(Locale.ROOT))) {
            return symbol;
        }
        String words = symbol.replace('_', ' ')
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\bip\\b", "IP")
                .replaceAll("\\bid\\b", "ID");
        return words.isEmpty() ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** {@code a, b and c}; after the given number of them, how many more there are. */
    static String list(List<String> words, int limit) {
        int shown = words.size() > limit ? limit - 1 : words.size();
        if (shown < words.size()) {
            return String.join(", ", words.subList(0, shown)) + " and " + (words.size() - shown) + " more";
        }
        return shown < 2
                ? String.join("", words)
                : String.join(", ", words.subList(0, shown - 1)) + " and " + words.get(shown - 1);
    }

    /** What happened to the data, or what is not known, for a person who does not know the rule's id. */
    static String rule(String id) {
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.name().equals(id))
                .findFirst()
                .map(Wording::sentence)
                .orElse(plain(id));
    }

    private static String sentence(Rule rule) {
        return switch (rule) {
            case DENIED_DESTINATION -> "reached a country where the policy allows such data through no gateway";
            case EGRESS_WITHOUT_GATEWAY -> "left the region through no gateway";
            case GATEWAY_UNKNOWN -> "left through a gateway that had no approval";
            case GATEWAY_NOT_APPROVED -> "left through a gateway whose approval had expired or been withdrawn";
            case GATEWAY_SCOPE_EXCEEDED -> "left through a gateway not approved for this country, data or purpose";
            case GATEWAY_BUILD_UNREVIEWED -> "left through a gateway whose software had not been reviewed";
            case CONSENT_MISSING -> "left for a purpose that needs consent, without it";
            case MINOR_DATA_EGRESS -> "was a minor's, and left the region";
            case STORED_OUTSIDE_ENCLAVE -> "was stored outside the enclave";
            case ACTOR_LOCATION_UNKNOWN -> "where the employee was is not known";
            case SUBJECT_COUNTRY_UNKNOWN -> "where the person concerned lives is not known";
            case SITE_UNKNOWN -> "the policy does not list a site";
            case POLICY_ABSENT -> "no policy was in force";
            case HISTORY_EXPIRED -> "a fact of that time is no longer kept";
        };
    }
}
