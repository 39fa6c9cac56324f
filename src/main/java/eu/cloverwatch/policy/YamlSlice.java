package eu.cloverwatch.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * One document of a YAML text.
 *
 * @param text what lies between two separators
 * @param firstLine where it starts in the whole text, from 1
 */
record YamlSlice(String text, int firstLine) {

    /** YAML 1.2 section 9.1.4: at the start of a line this is a separator wherever it stands, in quoted text, too. */
    private static final Pattern SEPARATOR =
            Pattern.compile("(?:\\A|(?<=[\\n\\r]))---(?![^ \\t\\r\\n])([^\\r\\n]*)(?:\\r\\n|\\n|\\r|\\z)");

    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n|\\n|\\r");

    /** More than a policy has; the composer is recursive, so that unbounded depth would overflow the stack. */
    private static final int MAX_DEPTH = 16;

    /** YAML 1.2's JSON schema: no merge keys, which would let an unknown key pass unseen. Keys are checked by the reader. */
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setSchema(new JsonSchema())
            .setAllowNonScalarKeys(true)
            .build();

    /** All documents that hold more than comments, at least one. */
    static List<YamlSlice> documents(String text) {
        List<YamlSlice> documents = new ArrayList<>();
        Matcher separator = SEPARATOR.matcher(text);
        int start = 0;
        int line = 1;
        while (separator.find()) {
            String before = text.substring(start, separator.start());
            documents.add(new YamlSlice(before, line));
            line += lineBreaks(before);
            if (!isNothing(separator.group(1))) {
                throw new PolicyException(line, "expected '---' with nothing else on its line");
            }
            line++;
            start = separator.end();
        }
        documents.add(new YamlSlice(text.substring(start), line));
        documents.forEach(YamlSlice::checkNoDirective);
        documents.removeIf(document -> isNothing(document.text));
        if (documents.isEmpty()) {
            throw new PolicyException(1, "expected a policy document, but found none");
        }
        return documents;
    }

    private static boolean isNothing(String text) {
        return text.lines()
                .map(line -> line.replace("\uFEFF", "").strip())
                .allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    private static int lineBreaks(String text) {
        return (int) LINE_BREAK.matcher(text).results().count();
    }

    /** @throws PolicyException if it is not YAML 1.2; the line is that of the whole text */
    Node compose() {
        try {
            checkDepth();
            return new Compose(SETTINGS)
                    .composeString(text)
                    .orElseThrow(() -> new PolicyException(firstLine, "expected keys with values, but found nothing"));
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0);
            throw new PolicyException(firstLine + line, "not YAML 1.2: " + e.getProblem());
        } catch (ReaderException e) {
            int line = lineBreaks(text.substring(0, text.offsetByCodePoints(0, e.getPosition())));
            throw new PolicyException(
                    firstLine + line, "not YAML 1.2: the character U+%04X is not allowed".formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            throw new PolicyException(firstLine, "not YAML 1.2: " + e.getMessage());
        }
    }

    /** The text with something else where this node stands. Marks count code points. */
    String replaced(Node node, String by) {
        int from = text.offsetByCodePoints(0, node.getStartMark().orElseThrow().getIndex());
        int to = text.offsetByCodePoints(0, node.getEndMark().orElseThrow().getIndex());
        return text.substring(0, from) + by + text.substring(to);
    }

    /** A directive may name YAML 1.1, in which Norway is false. */
    private void checkNoDirective() {
        List<String> lines = text.lines().dropWhile(YamlSlice::isNothing).toList();
        if (!lines.isEmpty() && lines.get(0).startsWith("%")) {
            int before = (int) text.lines().takeWhile(YamlSlice::isNothing).count();
            throw new PolicyException(firstLine + before, "expected no directive: a policy is always YAML 1.2");
        }
    }

    private void checkDepth() {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                int line = event.getStartMark().map(Mark::getLine).orElse(0);
                throw new PolicyException(firstLine + line, "expected a policy, but this is nested too deeply");
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
    }
}
