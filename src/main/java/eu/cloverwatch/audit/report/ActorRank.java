package eu.cloverwatch.audit.report;

import java.util.Comparator;
import java.util.List;

/** Actors by how often they acted. */
final class ActorRank {

    private static final Comparator<Ranked> RANK = Comparator.comparingLong(
                    (Ranked ranked) -> ranked.figures().accesses())
            .reversed()
            .thenComparing(Ranked::actor);

    private ActorRank() {}

    record Ranked(Actor actor, ActorFigures figures) {}

    static List<Ranked> first(Tally tally, int limit) {
        return tally.actors.entrySet().stream()
                .map(entry -> new Ranked(entry.getKey(), entry.getValue()))
                .sorted(RANK)
                .limit(limit)
                .toList();
    }
}
