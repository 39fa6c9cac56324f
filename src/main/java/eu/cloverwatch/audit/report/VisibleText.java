package eu.cloverwatch.audit.report;

import eu.cloverwatch.model.VisibleCharacters;
import io.pebbletemplates.pebble.extension.escaper.EscapingStrategy;

/**
 * Text from outside as it may stand in XML, in an element as in an attribute. What cannot be seen, or changes the order of what
 * is around it (controls, marks of direction, halves of surrogate pairs), is shown as {@code [U+202E]}: an id is evidence, and
 * must not look like another.
 */
final class VisibleText implements EscapingStrategy {

    @Override
    public String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(VisibleCharacters.shown(c));
            }
        });
        return escaped.toString();
    }
}
