package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Violations of one actor that belong together, so that a burst of ten thousand is one thing to look at. */
final class Incidents {

    private final Sessions.Ranked sessions;
    private final Map<Sessions.Session, Incident> incidents = new HashMap<>();
    private final Map<Actor, TreeMap<Instant, Sessions.Session>> byActor = new HashMap<>();

    /** A session, and what belongs to it. */
    record Incident(
            Sessions.Session session,
            SortedSet<String> rules,
            SortedSet<String> recipients,
            SortedSet<String> categories,
            ActorFigures figures) {

        private static Incident of(Sessions.Session session) {
            return new Incident(session, new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new ActorFigures());
        }

        private void add(Violation violation) {
            violation.getFindings().stream().map(Finding::getRule).forEach(rules::add);
            categories.addAll(violation.getCategories());
            recipients.add(Tally.or(violation.getDestinationCountry(), Tally.NONE));
            figures.add(violation);
        }
    }

    /** @param sessions of which to gather what belongs to them; each violation is to be given once more */
    Incidents(Sessions.Ranked sessions) {
        this.sessions = sessions;
        for (Sessions.Session session : sessions.first()) {
            incidents.put(session, Incident.of(session));
            byActor.computeIfAbsent(session.actor(), id -> new TreeMap<>()).put(session.first(), session);
        }
    }

    void add(Violation violation) {
        TreeMap<Instant, Sessions.Session> starts = byActor.get(Actor.of(violation));
        Map.Entry<Instant, Sessions.Session> start =
                starts == null ? null : starts.floorEntry(violation.getOccurredAt());
        if (start == null || violation.getOccurredAt().isAfter(start.getValue().last())) {
            return; // of a session that is not listed
        }
        Incident incident = incidents.get(start.getValue());
        if (incident != null) {
            incident.add(violation);
        }
    }

    /** Of all violations, listed or not. */
    long count() {
        return sessions.count();
    }

    /** The most severe, in the order of their weight. */
    List<Incident> listed() {
        return sessions.first().stream().map(incidents::get).toList();
    }
}
