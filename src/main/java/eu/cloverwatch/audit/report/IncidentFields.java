package eu.cloverwatch.audit.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Incidents as {@code summary.json} has them. */
final class IncidentFields {

    private IncidentFields() {}

    static Map<String, Object> of(Incidents incidents, Duration gap) {
        List<Map<String, Object>> listed = new ArrayList<>();
        for (Incidents.Incident incident : incidents.listed()) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("actor_type", incident.session().actor().type());
            entry.put("actor_id", incident.session().actor().id());
            entry.put("first_at", incident.session().first());
            entry.put("last_at", incident.session().last());
            entry.put("rules", incident.rules());
            entry.put("destinations", incident.recipients());
            entry.put("categories", incident.categories());
            entry.putAll(TallyFields.figures(incident.figures()));
            listed.add(entry);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("gap", gap.toString());
        fields.put("count", incidents.count());
        fields.put("not_listed", incidents.count() - listed.size());
        fields.put("listed", listed);
        return fields;
    }
}
