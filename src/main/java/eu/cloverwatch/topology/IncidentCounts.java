package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import eu.cloverwatch.v1.Severity;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** Adds to the figures of an incident, and subtracts from them. */
final class IncidentCounts {

    private IncidentCounts() {}

    /** All but the number of subjects, which takes a look at the other violations. */
    static void add(IncidentState state, Contribution contribution) {
        change(state, contribution, 1);
    }

    /** As {@link #add}. */
    static void subtract(IncidentState state, Contribution contribution) {
        change(state, contribution, -1);
    }

    private static void change(IncidentState state, Contribution contribution, long by) {
        state.setViolations(state.getViolations() + by);
        state.setPeople(state.getPeople() + by * contribution.getPeople());
        state.setBytes(state.getBytes() + by * contribution.getBytes());
        state.setSettled(state.getSettled() + (contribution.getSettled() ? by : 0));
        count(state.getSeverities(), contribution.getSeverity().name(), by);
        contribution.getRules().forEach(rule -> count(state.getRules(), rule, by));
        if (contribution.getDestination() != null) {
            count(state.getDestinations(), contribution.getDestination(), by);
        }
    }

    /** All but the number of subjects: of those in both, two are one. */
    static void addAll(IncidentState state, IncidentState other) {
        state.setViolations(state.getViolations() + other.getViolations());
        state.setPeople(state.getPeople() + other.getPeople());
        state.setBytes(state.getBytes() + other.getBytes());
        state.setSettled(state.getSettled() + other.getSettled());
        other.getSeverities().forEach((severity, by) -> count(state.getSeverities(), severity, by));
        other.getRules().forEach((rule, by) -> count(state.getRules(), rule, by));
        other.getDestinations().forEach((country, by) -> count(state.getDestinations(), country, by));
    }

    /** Nothing is left of it. */
    static void clear(IncidentState state) {
        state.setViolations(0);
        state.setSubjects(0);
        state.setPeople(0);
        state.setBytes(0);
        state.setSettled(0);
        state.setSeverities(new HashMap<>());
        state.setRules(new HashMap<>());
        state.setDestinations(new HashMap<>());
    }

    /** Gives each the figures of the other. */
    static void exchange(IncidentState a, IncidentState b) {
        IncidentState before = IncidentState.newBuilder(a).build();
        set(a, b);
        set(b, before);
    }

    private static void set(IncidentState state, IncidentState figures) {
        state.setViolations(figures.getViolations());
        state.setSubjects(figures.getSubjects());
        state.setPeople(figures.getPeople());
        state.setBytes(figures.getBytes());
        state.setSettled(figures.getSettled());
        state.setSeverities(figures.getSeverities());
        state.setRules(figures.getRules());
        state.setDestinations(figures.getDestinations());
    }

    private static void count(Map<String, Long> counts, String what, long by) {
        counts.merge(what, by, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));
    }

    /** As it is published. Of one that has nothing left, the severity is INFO. */
    static Incident published(IncidentState state) {
        return Incident.newBuilder()
                .setIncidentId(state.getIncidentId())
                .setActor(state.getActor())
                .setRules(new TreeSet<>(state.getRules().keySet()).stream().toList())
                .setSeverity(state.getSeverities().keySet().stream()
                        .map(Severity::valueOf)
                        .max(Severity::compareTo)
                        .orElse(Severity.INFO))
                .setFirstAt(state.getFirstAt())
                .setLastAt(state.getLastAt())
                .setViolations(state.getViolations())
                .setSubjects(sum(state.getSubjects(), state.getPeople()))
                .setBytes(sum(0, state.getBytes()))
                .setDestinations(
                        new TreeSet<>(state.getDestinations().keySet()).stream().toList())
                .setStatus(
                        state.getClosed() || state.getViolations() == 0 ? IncidentStatus.CLOSED : IncidentStatus.OPEN)
                .build();
    }

    /** Counts of the contract are not negative, so a negative sum is one that went beyond what a long holds. */
    private static long sum(long a, long b) {
        long sum = a + b;
        return sum < 0 || b < 0 ? Long.MAX_VALUE : sum;
    }
}
