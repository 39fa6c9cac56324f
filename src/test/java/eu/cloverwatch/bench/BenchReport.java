package eu.cloverwatch.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The pairs of rounds that count, as a table and as JSON. Rates are events per second; ratios are monitor to bare consumer. */
final class BenchReport {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Two rounds that came directly after each other, so that both had much the same machine. */
    record Pair(Round bare, MonitorRun.Result monitor) {

        double steadyRatio() {
            return monitor.round().steadyRate() / bare.steadyRate();
        }

        double totalRatio() {
            return monitor.round().totalRate() / bare.totalRate();
        }

        double repartitionedRecords() {
            return (double) monitor.repartitioned().records() / monitor.round().events();
        }

        double repartitionedBytes() {
            return (double) monitor.repartitioned().bytes()
                    / monitor.repartitioned().eventBytes();
        }
    }

    private final List<Pair> pairs = new ArrayList<>();

    void add(Pair pair) {
        pairs.add(pair);
    }

    String table() {
        StringBuilder table = new StringBuilder();
        row(
                table,
                "round",
                "bare/s",
                "monitor/s",
                "ratio",
                "with start",
                "start s",
                "repart. %",
                "of bytes %",
                "state MiB",
                "too many");
        for (int i = 0; i < pairs.size(); i++) {
            row(table, Integer.toString(i + 1), pairs.get(i));
        }
        table.append(String.format(
                Locale.ROOT,
                "ratio monitor/bare: median %.3f, %.3f to %.3f; start-up included: median %.3f%n",
                median(Pair::steadyRatio),
                all(Pair::steadyRatio).get(0),
                all(Pair::steadyRatio).get(pairs.size() - 1),
                median(Pair::totalRatio)));
        return table.toString();
    }

    private static void row(StringBuilder table, String round, Pair pair) {
        row(
                table,
                round,
                number("%.0f", pair.bare().steadyRate()),
                number("%.0f", pair.monitor().round().steadyRate()),
                number("%.3f", pair.steadyRatio()),
                number("%.3f", pair.totalRatio()),
                number("%.1f", pair.monitor().round().startSeconds()),
                number("%.2f", 100 * pair.repartitionedRecords()),
                number("%.2f", 100 * pair.repartitionedBytes()),
                number("%.1f", pair.monitor().stateBytes() / (double) (1 << 20)),
                Long.toString(pair.monitor().tooMany()));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void row(StringBuilder table, String... cells) {
        for (String cell : cells) {
            table.append(String.format(Locale.ROOT, "%11s", cell));
        }
        table.append('\n');
    }

    void write(Path file) throws IOException {
        ObjectNode json = JSON.createObjectNode();
        json.put("processors", Runtime.getRuntime().availableProcessors());
        json.put("java", Runtime.version().toString());
        json.put("median_ratio", median(Pair::steadyRatio));
        json.put("median_ratio_with_start", median(Pair::totalRatio));
        json.put("median_bare_rate", median(pair -> pair.bare().steadyRate()));
        json.put("median_monitor_rate", median(pair -> pair.monitor().round().steadyRate()));
        json.set("rounds", JSON.valueToTree(pairs));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JSON.writeValueAsString(json) + "\n");
    }

    private double median(ToDoubleFunction<Pair> value) {
        List<Double> sorted = all(value);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private List<Double> all(ToDoubleFunction<Pair> value) {
        return pairs.stream().mapToDouble(value).sorted().boxed().toList();
    }
}
