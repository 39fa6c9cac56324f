package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The figures of one kind of verdict. What is counted is accesses, unless it says otherwise. */
final class Tally {

    /** Stands for a recipient that there is none of, or the country of an actor who is no person. */
    static final String NONE = "none";

    /** Stands for a country that is not known. */
    static final String UNKNOWN = "unknown";

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    final Map<Severity, Long> severities = new EnumMap<>(Severity.class);
    final Counts rules = new Counts();
    final Counts recipients = new Counts();
    final Counts origins = new Counts();
    final Counts actorCountries = new Counts();
    final Counts subjectCountries = new Counts();
    final Counts categories = new Counts();
    final Counts services = new Counts();
    final Counts operations = new Counts();
    final Counts purposes = new Counts();
    final Counts days = new Counts();
    final Map<Route, Long> routes = new TreeMap<>();
    final TreeMap<Actor, ActorFigures> actors = new TreeMap<>();

    /** By hour since 1970, of each severity. */
    final TreeMap<Long, long[]> hours = new TreeMap<>();

    private final DistinctCount subjects = new DistinctCount();
    private final DistinctCount minors = new DistinctCount();
    private long total;
    private long bulkAccesses;
    private long bulkPeople;
    private long records;
    private long bytes;

    /** From where the data lay to the first recipient outside. */
    record Route(String origin, String recipient) implements Comparable<Route> {

        @Override
        public int compareTo(Route other) {
            int byOrigin = origin.compareTo(other.origin);
            return byOrigin == 0 ? recipient.compareTo(other.recipient) : byOrigin;
        }
    }

    void add(Violation violation) {
        total++;
        severities.merge(violation.getSeverity(), 1L, Long::sum);
        violation.getFindings().stream().map(Finding::getRule).distinct().forEach(rules::add);
        violation.getCategories().stream().distinct().forEach(categories::add);
        services.add(violation.getService());
        operations.add(violation.getOperation().name());
        purposes.add(violation.getPurpose());
        countries(violation);
        time(violation.getOccurredAt(), violation.getSeverity());
        subject(violation.getSubject());
        records = sum(records, violation.getRecordCount());
        bytes = sum(bytes, violation.getByteCount());
        actors.computeIfAbsent(Actor.of(violation), id -> new ActorFigures()).add(violation);
    }

    private void countries(Violation violation) {
        String origin = or(violation.getOriginCountry(), UNKNOWN);
        String recipient = or(violation.getDestinationCountry(), NONE);
        origins.add(origin);
        recipients.add(recipient);
        routes.merge(new Route(origin, recipient), 1L, Long::sum);
        actorCountries.add(or(violation.getActor().getCountry(), NONE));
        subjectCountries.add(or(violation.getSubject().getCountry(), UNKNOWN));
    }

    private void time(Instant occurredAt, Severity severity) {
        days.add(occurredAt.toString().substring(0, occurredAt.toString().indexOf('T')));
        long hour = Math.floorDiv(occurredAt.toEpochMilli(), HOUR_MS);
        hours.computeIfAbsent(hour, any -> new long[Severity.values().length])[severity.ordinal()]++;
    }

    private void subject(ViolationSubject subject) {
        String pseudonym = subject.getPseudonym();
        if (pseudonym == null) {
            bulkAccesses++;
            bulkPeople = sum(bulkPeople, subject.getCount());
            return;
        }
        subjects.add(pseudonym);
        if (Objects.equals(subject.getMinor(), true)) {
            minors.add(pseudonym);
        }
    }

    static String or(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    /** Sizes come from outside: a sum beyond what a long holds stays at its limit. */
    static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    long total() {
        return total;
    }

    /** Different people, as far as accesses name one. */
    long subjects() {
        return subjects.count();
    }

    /** Those of them who are known to be minors. */
    long minors() {
        return minors.count();
    }

    /** Accesses to the data of several people at once, which do not say whose. */
    long bulkAccesses() {
        return bulkAccesses;
    }

    /** Sum over these accesses: the same person in two counts twice. */
    long bulkPeople() {
        return bulkPeople;
    }

    long records() {
        return records;
    }

    long bytes() {
        return bytes;
    }
}
