package eu.cloverwatch.audit.cloudtrail;

import java.util.regex.Pattern;

/** A pattern for names and ARNs: {@code *} is any run of characters, also none and also {@code /}; {@code ?} is one. */
record Glob(String text, Pattern pattern) {

    static Glob of(String text) {
        StringBuilder regex = new StringBuilder();
        for (String part : text.split("(?<=[*?])|(?=[*?])", -1)) {
            regex.append(
                    switch (part) {
                        case "*" -> ".*";
                        case "?" -> ".";
                        default -> Pattern.quote(part);
                    });
        }
        return new Glob(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Whether the whole text matches; case counts. */
    boolean matches(String candidate) {
        return pattern.matcher(candidate).matches();
    }
}
