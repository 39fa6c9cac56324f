package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Severity;
import java.util.ArrayList;
import java.util.List;

/** The figures of one kind of verdict as the page shows them. */
record TallyView(
        long total,
        long subjects,
        long minors,
        long bulkAccesses,
        long bulkPeople,
        long records,
        long bytes,
        List<Counts.Count> severities,
        Bars rules,
        Bars recipients,
        Bars actorCountries,
        Bars subjectCountries,
        Bars categories,
        Bars services,
        Bars operations,
        Bars purposes,
        List<RouteView> routes,
        long routesLeft,
        List<ActorRank.Ranked> actors,
        long actorsLeft) {

    private static final int ROWS = 10;
    private static final int ROUTES = 10;
    private static final int ACTORS = 15;

    record RouteView(String origin, String recipient, long count) {}

    static TallyView of(Tally tally) {
        List<RouteView> routes = routes(tally);
        List<ActorRank.Ranked> actors = ActorRank.first(tally, ACTORS);
        return new TallyView(
                tally.total(),
                tally.subjects(),
                tally.minors(),
                tally.bulkAccesses(),
                tally.bulkPeople(),
                tally.records(),
                tally.bytes(),
                severities(tally),
                Bars.of(tally.rules.ranked(), Integer.MAX_VALUE, Wording::rule),
                Bars.of(tally.recipients.ranked(), ROWS, key -> place(key, "no recipient outside")),
                Bars.of(tally.actorCountries.ranked(), ROWS, key -> place(key, "a service, or not known")),
                Bars.of(tally.subjectCountries.ranked(), ROWS, key -> place(key, "none")),
                Bars.of(tally.categories.ranked(), ROWS, Wording::plain),
                Bars.of(tally.services.ranked(), ROWS, key -> key),
                Bars.of(tally.operations.ranked(), ROWS, Wording::plain),
                Bars.of(tally.purposes.ranked(), ROWS, Wording::plain),
                routes.stream().limit(ROUTES).toList(),
                Math.max(0, routes.size() - ROUTES),
                actors,
                tally.actors.size() - actors.size());
    }

    /** The name of a country, or what stands for none. */
    static String place(String key, String none) {
        return switch (key) {
            case Tally.NONE -> none;
            case Tally.UNKNOWN -> "not known";
            default -> WorldMap.get().name(key);
        };
    }

    private static List<Counts.Count> severities(Tally tally) {
        List<Counts.Count> severities = new ArrayList<>();
        for (int i = Severity.values().length - 1; i >= 0; i--) {
            Severity severity = Severity.values()[i];
            long count = tally.severities.getOrDefault(severity, 0L);
            if (count > 0) {
                severities.add(new Counts.Count(severity.name(), count));
            }
        }
        return severities;
    }

    private static List<RouteView> routes(Tally tally) {
        return tally.routes.entrySet().stream()
                .sorted((a, b) -> a.getValue().equals(b.getValue())
                        ? a.getKey().compareTo(b.getKey())
                        : b.getValue().compareTo(a.getValue()))
                .map(route -> new RouteView(
                        place(route.getKey().origin(), "none"),
                        place(route.getKey().recipient(), "no recipient outside"),
                        route.getValue()))
                .toList();
    }
}
