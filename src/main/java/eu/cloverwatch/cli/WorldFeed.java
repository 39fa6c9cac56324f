package eu.cloverwatch.cli;

import eu.cloverwatch.audit.Differences;
import eu.cloverwatch.demo.World;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.runtime.Loader;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.Topic;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/** A generated world, which knows what must be found in it. */
final class WorldFeed implements DemoFeed {

    private static final int SHOWN_DIFFERENCES = 20;

    private final World world;
    private final long seed;
    private long events;

    WorldFeed(World world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    @Override
    public void publishAll(Loader loader, LongConsumer progress) {
        long published = 0;
        Iterator<Arrival> arrivals = world.arrivals();
        while (arrivals.hasNext()) {
            publish(loader, arrivals.next());
            progress.accept(++published);
        }
        loader.flush();
    }

    @Override
    public void publishFirst(Loader loader) {
        world.facts().forEach(loader::publish);
        loader.flush();
    }

    @Override
    public boolean publishUpTo(Loader loader, Pause pause, long count) {
        while (events < count && world.events().hasNext()) {
            publish(loader, world.events().next());
        }
        return world.events().hasNext();
    }

    private void publish(Loader loader, Arrival arrival) {
        loader.publish(arrival);
        if (arrival.topic() == Topic.ACCESS_EVENTS) {
            events++;
        }
    }

    @Override
    public long size() {
        return -1;
    }

    @Override
    public long events() {
        return events;
    }

    @Override
    public ExitCode report(PrintWriter out, Map<Outcome, Long> outcomes, List<FinalVerdict> found) {
        out.println(events + " access events of seed " + seed + ": " + DemoFeed.line(outcomes));
        List<FinalVerdict> planted = planted();
        Map<String, Long> foundByRule = byRule(found);
        byRule(planted)
                .forEach((rule, count) -> out.println(String.format(
                        Locale.ROOT,
                        "  %-26s planted %5d, found %5d",
                        rule,
                        count,
                        foundByRule.getOrDefault(rule, 0L))));
        List<String> differences = Differences.between(planted, found);
        differences.stream().limit(SHOWN_DIFFERENCES).forEach(out::println);
        boolean countsDiffer = !outcomes.equals(world.outcomes());
        if (countsDiffer) {
            out.println("outcomes differ: expected " + DemoFeed.line(world.outcomes()));
        }
        out.println("planted " + planted.size() + ", found " + found.size() + ": "
                + count(differences, "missing") + " missed, " + count(differences, "extra") + " extra, "
                + count(differences, "different") + " different");
        return differences.isEmpty() && !countsDiffer ? ExitCode.FINE : ExitCode.DIFFERENT;
    }

    private List<FinalVerdict> planted() {
        return world.planted().entrySet().stream()
                .map(entry -> new FinalVerdict(
                        entry.getKey(),
                        entry.getValue().verdict(),
                        new TreeSet<>(entry.getValue().rules()),
                        entry.getValue().severity()))
                .toList();
    }

    private static Map<String, Long> byRule(List<FinalVerdict> verdicts) {
        Map<String, Long> counts = new TreeMap<>();
        verdicts.forEach(verdict -> verdict.rules().forEach(rule -> counts.merge(rule, 1L, Long::sum)));
        return counts;
    }

    private static String count(List<String> differences, String kind) {
        long count = differences.stream().filter(line -> line.startsWith(kind)).count();
        return count == 0 ? "none" : Long.toString(count);
    }
}
