package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tally as {@code summary.json} has it. */
final class TallyFields {

    /** Of actors, how many are listed. */
    private static final int ACTORS = 1_000;

    private TallyFields() {}

    static Map<String, Object> of(Tally tally) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", tally.total());
        fields.put("subjects", tally.subjects());
        fields.put("minors", tally.minors());
        fields.put("bulk_accesses", tally.bulkAccesses());
        fields.put("bulk_people", tally.bulkPeople());
        fields.put("records", tally.records());
        fields.put("bytes", tally.bytes());
        fields.put("by_severity", severities(tally));
        fields.put("by_rule", tally.rules.byKey());
        fields.put("by_origin_country", tally.origins.byKey());
        fields.put("by_destination_country", tally.recipients.byKey());
        fields.put("by_actor_country", tally.actorCountries.byKey());
        fields.put("by_subject_country", tally.subjectCountries.byKey());
        fields.put("by_category", tally.categories.byKey());
        fields.put("by_service", tally.services.byKey());
        fields.put("by_operation", tally.operations.byKey());
        fields.put("by_purpose", tally.purposes.byKey());
        fields.put("by_day", tally.days.byKey());
        fields.put("routes", routes(tally));
        fields.put("actors", actors(tally));
        return fields;
    }

    private static Map<Severity, Long> severities(Tally tally) {
        Map<Severity, Long> all = new EnumMap<>(Severity.class);
        for (Severity severity : Severity.values()) {
            all.put(severity, tally.severities.getOrDefault(severity, 0L));
        }
        return all;
    }

    private static List<Map<String, Object>> routes(Tally tally) {
        List<Map<String, Object>> fields = new ArrayList<>();
        tally.routes.forEach((route, count) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("origin_country", route.origin());
            entry.put("destination_country", route.recipient());
            entry.put("count", count);
            fields.add(entry);
        });
        return fields;
    }

    private static Map<String, Object> actors(Tally tally) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (ActorRank.Ranked ranked : ActorRank.first(tally, ACTORS)) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("type", ranked.actor().type());
            entry.put("id", ranked.actor().id());
            entry.putAll(figures(ranked.figures()));
            listed.add(entry);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("count", tally.actors.size());
        fields.put("not_listed", tally.actors.size() - listed.size());
        fields.put("listed", listed);
        return fields;
    }

    static Map<String, Object> figures(ActorFigures figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("countries", figures.countries());
        fields.put("severity", figures.severity());
        fields.put("count", figures.accesses());
        fields.put("subjects", figures.subjects());
        fields.put("bulk_people", figures.bulkPeople());
        fields.put("records", figures.records());
        fields.put("bytes", figures.bytes());
        return fields;
    }
}
