package eu.cloverwatch.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the contract asks of single values. Each check throws {@link InvalidRecordException} naming the field. */
final class Check {

    private Check() {}

    /** Unicode text without half surrogate pairs: those have no UTF-8 form, so two different ids would become one. */
    static String text(String field, String value) {
        if (!isText(value)) {
            throw new InvalidRecordException(field, "Unicode text, not half a surrogate pair");
        }
        return value;
    }

    private static boolean isText(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isSurrogate(value.charAt(i))) {
                boolean pair =
                        i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
                if (!pair) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    static @Nullable String optionalText(String field, @Nullable String value) {
        return value == null ? null : text(field, value);
    }

    static List<String> texts(String field, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            if (!isText(values.get(i))) {
                text(field + "[" + i + "]", values.get(i));
            }
        }
        return List.copyOf(values);
    }

    static String country(String field, String value) {
        if (!Countries.isCountry(value)) {
            throw new InvalidRecordException(field, "an ISO 3166-1 alpha-2 country code in capitals");
        }
        return value;
    }

    static @Nullable String optionalCountry(String field, @Nullable String value) {
        return value == null ? null : country(field, value);
    }

    static List<String> countries(String field, List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            country(field + "[" + i + "]", values.get(i));
        }
        return List.copyOf(values);
    }

    static long notNegative(String field, long value) {
        if (value < 0) {
            throw new InvalidRecordException(field, "a number that is not negative");
        }
        return value;
    }
}
