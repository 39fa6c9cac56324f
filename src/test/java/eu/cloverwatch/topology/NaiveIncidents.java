package eu.cloverwatch.topology;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Incidents as one would cut them with all violations at hand, without id, and OPEN. */
public final class NaiveIncidents {

    private NaiveIncidents() {}

    /** @param revisions in the order in which they were published */
    public static List<String> of(Collection<Violation> revisions, Duration gap) {
        Map<String, Violation> last = new HashMap<>();
        revisions.forEach(violation -> last.put(violation.getViolationId(), violation));
        Map<String, List<Violation>> byActor = new TreeMap<>();
        last.values().stream()
                .filter(violation -> violation.getStatus() != ViolationStatus.WITHDRAWN)
                .filter(violation -> violation.getVerdict() == Verdict.VIOLATION)
                .forEach(violation -> byActor.computeIfAbsent(
                                violation.getActor().getType()
                                        + "/"
                                        + violation.getActor().getId(),
                                actor -> new ArrayList<>())
                        .add(violation));
        List<String> incidents = new ArrayList<>();
        for (List<Violation> violations : byActor.values()) {
            violations.sort(Comparator.comparing(Violation::getOccurredAt));
            int start = 0;
            for (int i = 1; i <= violations.size(); i++) {
                if (i == violations.size()
                        || violations
                                .get(i - 1)
                                .getOccurredAt()
                                .plus(gap)
                                .isBefore(violations.get(i).getOccurredAt())) {
                    incidents.add(text(incident(violations.subList(start, i))));
                    start = i;
                }
            }
        }
        return incidents.stream().sorted().toList();
    }

    /** The last record of each incident that has something left, in the form of {@link #of}. */
    public static List<String> last(Collection<Incident> published) {
        Map<String, Incident> last = new HashMap<>();
        published.forEach(incident -> last.put(incident.getIncidentId(), incident));
        return last.values().stream()
                .filter(incident -> incident.getViolations() > 0)
                .map(NaiveIncidents::text)
                .sorted()
                .toList();
    }

    private static String text(Incident incident) {
        return Incident.newBuilder(incident)
                .setIncidentId("")
                .setStatus(IncidentStatus.OPEN)
                .build()
                .toString();
    }

    private static Incident incident(List<Violation> violations) {
        Set<String> rules = new TreeSet<>();
        Set<String> destinations = new TreeSet<>();
        Set<String> pseudonyms = new HashSet<>();
        Severity severity = Severity.INFO;
        long people = 0;
        long bytes = 0;
        for (Violation violation : violations) {
            violation.getFindings().stream().map(Finding::getRule).forEach(rules::add);
            if (violation.getDestinationCountry() != null) {
                destinations.add(violation.getDestinationCountry());
            }
            if (violation.getSubject().getPseudonym() == null) {
                people += violation.getSubject().getCount();
            } else {
                pseudonyms.add(violation.getSubject().getPseudonym());
            }
            severity = violation.getSeverity().compareTo(severity) > 0 ? violation.getSeverity() : severity;
            bytes += violation.getByteCount();
        }
        return Incident.newBuilder()
                .setIncidentId("")
                .setActor(violations.get(0).getActor().getId())
                .setRules(List.copyOf(rules))
                .setSeverity(severity)
                .setFirstAt(violations.get(0).getOccurredAt())
                .setLastAt(violations.get(violations.size() - 1).getOccurredAt())
                .setViolations(violations.size())
                .setSubjects(pseudonyms.size() + people)
                .setBytes(bytes)
                .setDestinations(List.copyOf(destinations))
                .setStatus(IncidentStatus.OPEN)
                .build();
    }
}
