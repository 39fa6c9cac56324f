package eu.cloverwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** All restarts, and what was measured beside, as a table and as JSON. */
final class RestartReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final List<Restart> restarts = new ArrayList<>();
    private final Map<String, Number> figures = new LinkedHashMap<>();

    void add(Restart restart) {
        restarts.add(restart);
        System.out.printf(
                Locale.ROOT,
                "%-55s group %.1f s, first %.1f s, all %.1f s; bare consumer %.1f s%n",
                restart.situation().words,
                restart.group(),
                restart.first(),
                restart.all(),
                restart.bare());
    }

    void add(String figure, Number value) {
        figures.put(figure, value);
        System.out.printf(Locale.ROOT, "%s: %.1f%n", figure, value.doubleValue());
    }

    int size() {
        return restarts.size();
    }

    String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format("%55s%24s%24s%24s%24s%n", "", "group s", "first s", "all s", "(all-group)/bare"));
        for (Restart.Situation situation : Restart.Situation.values()) {
            List<Restart> of = restarts.stream()
                    .filter(restart -> restart.situation() == situation)
                    .toList();
            if (!of.isEmpty()) {
                table.append(String.format(
                        "%55s%24s%24s%24s%24s%n",
                        situation.words,
                        range(of, Restart::group),
                        range(of, Restart::first),
                        range(of, Restart::all),
                        range(of, restart -> restart.rest() / restart.bare())));
            }
        }
        return table.toString();
    }

    /** Median, least and greatest. */
    private static String range(List<Restart> of, ToDoubleFunction<Restart> value) {
        double[] sorted = of.stream().mapToDouble(value).sorted().toArray();
        return String.format(
                Locale.ROOT, "%.1f (%.1f to %.1f)", sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.set("figures", JSON.valueToTree(figures));
        json.set("restarts", JSON.valueToTree(restarts));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(json) + "\n");
    }
}
