package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.v1.Severity;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All that the templates of the page may use, by name. */
final class Page {

    private Page() {}

    static Map<String, @Nullable Object> of(Replayed replayed, ReportContext context, Figures figures) {
        Map<String, @Nullable Object> page = new HashMap<>();
        heading(page, replayed.request(), context);
        Coverage coverage = Coverage.of(replayed, context);
        page.put("coverage", coverage);
        page.put("headline", coverage.headline(figures.violations().total(), which(replayed.request())));
        page.put("outcomes", new TreeMap<>(names(replayed.outcomes())));
        page.put("v", TallyView.of(figures.violations()));
        page.put("u", TallyView.of(figures.undecidable()));
        page.put("shown", figures.shownViolations());
        page.put("shownUndecidable", figures.shownUndecidable());
        page.put(
                "timeline",
                Timeline.of(
                        figures.violations(),
                        replayed.request().from(),
                        replayed.request().to()));
        page.put("map", FlowMap.of(figures.violations(), WorldMap.get()));
        page.put("incidents", figures.incidents().listed());
        page.put("incidentCount", figures.incidents().count());
        page.put("gap", Wording.duration(context.incidentGap()));
        rejected(page, replayed);
        changes(page, figures);
        page.put("nothingToNotify", nothingToNotify(replayed, coverage));
        page.put("policies", replayed.policies());
        page.put("inputs", replayed.events());
        page.put("facts", replayed.facts());
        page.put(
                "severities",
                Arrays.stream(Severity.values())
                        .sorted(Comparator.reverseOrder())
                        .map(Severity::name)
                        .toList());
        return page;
    }

    private static void heading(Map<String, @Nullable Object> page, ReplayRequest request, ReportContext context) {
        page.put("request", request);
        page.put("range", Wording.range(request.from(), request.to()));
        page.put("length", Wording.duration(Duration.between(request.from(), request.to())));
        page.put("version", context.version());
        page.put("command", context.command().stream().map(Page::shell).collect(Collectors.joining(" ")));
        page.put("madeAt", context.madeAt());
        page.put("clock", BreachClock.of(context.awareAt(), context.madeAt()));
    }

    /** As it is typed into a shell. */
    private static String shell(String word) {
        return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** What narrows a claim to less than everything in the range. */
    private static String which(ReplayRequest request) {
        return (request.rule() == null ? "" : " of " + request.rule())
                + (request.actor() == null ? "" : " by " + request.actor());
    }

    /** Only a whole range, by the policies that were in force and by all that is known, can show that there is nothing. */
    private static boolean nothingToNotify(Replayed replayed, Coverage coverage) {
        ReplayRequest request = replayed.request();
        boolean everything = request.actor() == null
                && request.rule() == null
                && request.knownAt() == null
                && request.policies().isEmpty();
        return everything
                && coverage.complete()
                && replayed.violations().size() == 0
                && replayed.rejected().isEmpty()
                && replayed.rejectedFacts().isEmpty();
    }

    private static Map<String, Long> names(Map<Outcome, Long> outcomes) {
        Map<String, Long> names = new HashMap<>();
        for (Outcome outcome : Outcome.values()) {
            names.put(outcome.name(), outcomes.getOrDefault(outcome, 0L));
        }
        return names;
    }

    private static void rejected(Map<String, @Nullable Object> page, Replayed replayed) {
        page.put("rejectedCount", replayed.rejectedCount());
        page.put("rejectedReasons", Counts.ranked(replayed.rejectedReasons()));
        page.put(
                "rejected",
                replayed.rejected().stream().limit(Rows.SCREEN.rejected()).toList());
        page.put("rejectedFactsCount", replayed.rejectedFactsCount());
        page.put("rejectedFactsReasons", Counts.ranked(replayed.rejectedFactReasons()));
        page.put(
                "rejectedFacts",
                replayed.rejectedFacts().stream().limit(Rows.SCREEN.rejected()).toList());
    }

    private static void changes(Map<String, @Nullable Object> page, Figures figures) {
        figures.changes().forEach((kind, changes) -> {
            String name = kind == Change.Kind.LATER_FACTS ? "laterFacts" : "otherPolicy";
            page.put(name + "Count", changes.total());
            page.put(name + "Outcomes", changes.outcomes().ranked());
            page.put(name, changes.first());
        });
    }
}
