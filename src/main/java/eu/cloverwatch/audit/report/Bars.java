package eu.cloverwatch.audit.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Counts as a table with a bar in each row.
 *
 * @param rest how many keys have no row; 0: all have one
 * @param restCount what these came to together
 */
record Bars(List<Row> rows, long rest, long restCount) {

    /** @param width of the bar, in hundredths of the longest */
    record Row(String label, String key, long count, String width) {}

    /**
     * The most frequent.
     *
     * @param label of a key
     */
    static Bars of(List<Counts.Count> ranked, int limit, UnaryOperator<String> label) {
        List<Row> rows = new ArrayList<>();
        long restCount = 0;
        for (Counts.Count count : ranked) {
            if (rows.size() < limit) {
                double width = 100.0 * count.count() / Math.max(1, ranked.get(0).count());
                rows.add(new Row(
                        label.apply(count.key()), count.key(), count.count(), FlowMap.decimal(Math.max(width, 0.5))));
            } else {
                restCount += count.count();
            }
        }
        return new Bars(rows, ranked.size() - rows.size(), restCount);
    }
}
