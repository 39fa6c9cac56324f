package eu.cloverwatch.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.Verdict;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The final verdict on one event, as {@code expected.ndjson} and {@code check} write it: a line of JSON each. */
public record FinalVerdict(String eventId, Verdict verdict, SortedSet<String> rules, Severity severity) {

    /** Code point by code point, as UTF-8 sorts and UTF-16 does not. */
    public static final Comparator<String> ID_ORDER = FinalVerdict::compareCodePoints;

    /** By event id. */
    public static final Comparator<FinalVerdict> ORDER = Comparator.comparing(FinalVerdict::eventId, ID_ORDER);

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    public String toJson() {
        return "{\"event_id\": " + quote(eventId)
                + ", \"verdict\": " + quote(verdict.name())
                + ", \"rules\": "
                + rules.stream().map(FinalVerdict::quote).collect(Collectors.joining(", ", "[", "]"))
                + ", \"severity\": " + quote(severity.name()) + "}";
    }

    private static String quote(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    /**
     * Reads a file of verdicts.
     *
     * @throws IllegalArgumentException naming file and line where a line is no verdict, or the file if it is not UTF-8
     */
    public static List<FinalVerdict> readAll(Path file) throws IOException {
        List<FinalVerdict> verdicts = new ArrayList<>();
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                try {
                    verdicts.add(read(JSON.readTree(lines.get(i))));
                } catch (IOException | IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            file + ":" + (i + 1) + ": expected {\"event_id\", \"verdict\", \"rules\", \"severity\"}",
                            e);
                }
            }
        }
        return verdicts;
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected UTF-8", e);
        }
    }

    private static FinalVerdict read(JsonNode json) {
        if (!json.required("rules").isArray()) {
            throw new IllegalArgumentException("rules");
        }
        SortedSet<String> rules = new TreeSet<>();
        json.required("rules").forEach(rule -> rules.add(text(rule)));
        return new FinalVerdict(
                text(json.required("event_id")),
                Verdict.valueOf(text(json.required("verdict"))),
                rules,
                Severity.valueOf(text(json.required("severity"))));
    }

    private static String text(JsonNode json) {
        if (!json.isTextual()) {
            throw new IllegalArgumentException("text");
        }
        return json.textValue();
    }

    private static int compareCodePoints(String a, String b) {
        for (int i = 0; i < a.length() && i < b.length(); ) {
            int x = a.codePointAt(i);
            int y = b.codePointAt(i);
            if (x != y) {
                return Integer.compare(x, y);
            }
            i += Character.charCount(x);
        }
        return Integer.compare(a.length(), b.length());
    }
}
