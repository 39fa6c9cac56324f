package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import java.util.SortedSet;
import java.util.TreeSet;

/** What one actor did. */
final class ActorFigures {

    private final DistinctCount subjects = new DistinctCount();
    private final SortedSet<String> countries = new TreeSet<>();
    private Severity severity = Severity.INFO;
    private long accesses;
    private long bulkPeople;
    private long records;
    private long bytes;

    void add(Violation violation) {
        accesses++;
        if (violation.getSeverity().compareTo(severity) > 0) {
            severity = violation.getSeverity();
        }
        if (violation.getActor().getCountry() != null) {
            countries.add(violation.getActor().getCountry());
        }
        if (violation.getSubject().getPseudonym() == null) {
            bulkPeople = Tally.sum(bulkPeople, violation.getSubject().getCount());
        } else {
            subjects.add(violation.getSubject().getPseudonym());
        }
        records = Tally.sum(records, violation.getRecordCount());
        bytes = Tally.sum(bytes, violation.getByteCount());
    }

    public Severity severity() {
        return severity;
    }

    /** Where the actor was, if a person. */
    public SortedSet<String> countries() {
        return countries;
    }

    public long accesses() {
        return accesses;
    }

    public long subjects() {
        return subjects.count();
    }

    public long bulkPeople() {
        return bulkPeople;
    }

    public long records() {
        return records;
    }

    public long bytes() {
        return bytes;
    }
}
