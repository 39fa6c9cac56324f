package eu.cloverwatch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The rounds that count. A ratio is that of two rates over the same records: the inverse of that of the times. */
final class ReplayRounds {

    /**
     * Readings that came directly after each other, so that all had much the same machine.
     *
     * @param bare reads what the replay reads
     * @param events reads the events only
     * @param heapBytes greatest in use after a collection, while replaying
     */
    record Round(Stages bare, Stages events, Stages replay, long heapBytes) {

        double ratio() {
            return bare.seconds() / replay.seconds();
        }

        /** The same of the work alone: what other programs do on the same processors changes it little. */
        double cpuRatio() {
            return bare.cpuSeconds() / replay.cpuSeconds();
        }

        double ratioToEvents() {
            return events.seconds() / replay.seconds();
        }

        String table() {
            return line("bare", bare)
                    + line("bare, events only", events)
                    + line("replay", replay)
                    + String.format(
                            Locale.ROOT,
                            "  ratio %.3f, of processor time %.3f, to events only %.3f; heap after collection %d MiB%n",
                            ratio(),
                            cpuRatio(),
                            ratioToEvents(),
                            heapBytes >> 20);
        }

        private static String line(String what, Stages stages) {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%-18s %7.2f s, %7.2f s of processors, load %5.2f:",
                    what,
                    stages.seconds(),
                    stages.cpuSeconds(),
                    stages.load()));
            stages.byStage()
                    .forEach((stage, seconds) -> line.append(String.format(Locale.ROOT, "  %s %.2f", stage, seconds)));
            return line.append('\n').toString();
        }
    }

    private final List<Round> rounds = new ArrayList<>();

    void add(Round round) {
        rounds.add(round);
    }

    double ratio() {
        return median(Round::ratio);
    }

    /** Medians and ranges. */
    String summary() {
        return summary("replay / bare", Round::ratio)
                + summary("the same, of processor time", Round::cpuRatio)
                + summary("replay / bare, events only", Round::ratioToEvents);
    }

    private String summary(String what, ToDoubleFunction<Round> value) {
        List<Double> sorted = sorted(value);
        return String.format(
                Locale.ROOT,
                "%s: median %.3f, %.3f to %.3f%n",
                what,
                median(value),
                sorted.get(0),
                sorted.get(sorted.size() - 1));
    }

    private double median(ToDoubleFunction<Round> value) {
        List<Double> sorted = sorted(value);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private List<Double> sorted(ToDoubleFunction<Round> value) {
        return rounds.stream().mapToDouble(value).sorted().boxed().toList();
    }
}
