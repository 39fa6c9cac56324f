package eu.cloverwatch.model;

import java.util.Locale;

/**
 * Text from outside as a person may be shown it. What cannot be seen, or changes the order of what is around it, or commands a
 * terminal (controls, marks of direction, halves of surrogate pairs), is shown as {@code [U+202E]}: an id is evidence, and must
 * not look like another.
 */
public final class VisibleCharacters {

    private VisibleCharacters() {}

    /** The text with all of it to be seen, on one line. */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> shown.append(shown(c)));
        return shown.toString();
    }

    /** The character, or what stands for it. */
    public static String shown(int codePoint) {
        return isVisible(codePoint) ? Character.toString(codePoint) : name(codePoint);
    }

    /** What stands for a character that cannot be shown. */
    public static String name(int codePoint) {
        return String.format(Locale.ROOT, "[U+%04X]", codePoint);
    }

    private static boolean isVisible(int codePoint) {
        boolean noncharacter = (codePoint & 0xFFFE) == 0xFFFE;
        return !noncharacter
                && switch (Character.getType(codePoint)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }
}
