package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Change.Judged;
import eu.cloverwatch.audit.replay.View.Evidence;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Pseudonyms;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Another view beside the one that the replay is about, and how what the two say of an event is told. */
record Comparison(Change.Kind kind, View other) {

    /**
     * What a view says of an event, and by what.
     *
     * @param outcome the judgement's, or that of an event whose id was used
     */
    record Said(Outcome outcome, Judgement judgement, Evidence evidence) {

        static Said of(Judgement judgement, Evidence evidence) {
            return new Said(judgement.outcome(), judgement, evidence);
        }

        Said as(Outcome repetition) {
            return new Said(repetition, judgement, evidence);
        }

        boolean isRepetition() {
            return outcome != judgement.outcome();
        }

        Set<String> rules() {
            return judgement.findings().stream()
                    .map(finding -> finding.rule().name())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        Judged judged() {
            TreeSet<String> rules = new TreeSet<>(rules());
            return new Judged(outcome, rules, rules.isEmpty() ? null : judgement.severity());
        }
    }

    /** The change, if it is one: an event that came twice is told once. */
    @Nullable Change change(AccessEvent event, Origin origin, Said primary, Said secondary, Pseudonyms pseudonyms) {
        if (primary.isRepetition()
                || secondary.isRepetition()
                || primary.judged().equals(secondary.judged())) {
            return null;
        }
        boolean later = kind == Change.Kind.LATER_FACTS;
        Said before = later ? primary : secondary;
        Said after = later ? secondary : primary;
        return new Change(
                kind,
                event.eventId(),
                event.occurredAt(),
                event.actor().id(),
                origin,
                before.judged(),
                after.judged(),
                later ? facts(event, before.evidence(), after.evidence(), pseudonyms) : findings(before, after));
    }

    private static List<String> facts(AccessEvent event, Evidence before, Evidence after, Pseudonyms pseudonyms) {
        List<UsedFact> known = before.used(event, pseudonyms);
        return after.used(event, pseudonyms).stream()
                .filter(fact -> !known.contains(fact))
                .map(UsedFact::toString)
                .toList();
    }

    private static List<String> findings(Said before, Said after) {
        List<String> why = new ArrayList<>();
        only(after, before, "found: ", why);
        only(before, after, "no longer found: ", why);
        if (why.isEmpty()) {
            why.add("%s, by the policy given %s".formatted(said(before), said(after)));
        }
        return why;
    }

    private static String said(Said said) {
        Judged judged = said.judged();
        return judged.severity() == null ? judged.outcome().name() : judged.outcome() + " " + judged.severity();
    }

    private static void only(Said in, Said notIn, String prefix, List<String> why) {
        Set<String> known = notIn.rules();
        in.judgement().findings().stream()
                .filter(finding -> !known.contains(finding.rule().name()))
                .forEach(finding -> why.add(prefix + finding.rule().name() + ": " + finding.message()));
    }
}
