package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.verify.Published.Revision;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.v1.Chain;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.AvroRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The violations that stand in the topic, compared with those that were found: by event id. */
final class Violations {

    private static final Chain NO_CHAIN = new Chain("", 0L, AvroRecords.NOTHING, AvroRecords.NOTHING);

    private final Map<String, List<Revision>> published = new HashMap<>();
    private final Explanations explanations;
    private final Predicate<Evidence> comparable;
    private final List<Difference> differences = new ArrayList<>();
    private boolean otherKey;
    private long notCompared;
    private long expired;

    /**
     * @param published last revisions about events of the range, withdrawn ones included
     * @param comparable whether the event was there when the range was read, and is still
     */
    Violations(Collection<Revision> published, Explanations explanations, Predicate<Evidence> comparable) {
        published.forEach(revision -> this.published
                .computeIfAbsent(revision.violation().getEventId(), id -> new ArrayList<>())
                .add(revision));
        this.explanations = explanations;
        this.comparable = comparable;
    }

    /** A violation that was found; each once. */
    void found(Violation expected) {
        List<Revision> candidates = published.getOrDefault(expected.getEventId(), List.of());
        Revision revision = candidates.stream()
                .filter(candidate -> place(candidate.violation()).equals(place(expected)))
                .findFirst()
                .orElse(candidates.isEmpty() ? null : candidates.get(0));
        if (revision == null) {
            differ(Difference.Kind.MISSING, expected, null, says(expected), "nothing");
            return;
        }
        candidates.remove(revision);
        if (revision.isWithdrawn()) {
            String found = "withdrawn by revision " + revision.violation().getRevision();
            differ(Difference.Kind.MISSING, expected, revision, says(expected), found);
        } else {
            compare(expected, revision);
        }
    }

    private void compare(Violation expected, Revision revision) {
        Violation a = claim(expected);
        Violation b = claim(revision.violation());
        if (isOtherKey(a, b)) {
            otherKey = true;
            b.getSubject().setPseudonym(a.getSubject().getPseudonym());
        }
        if (a.equals(b)) {
            return;
        }
        List<String> expectations = new ArrayList<>();
        List<String> findings = new ArrayList<>();
        for (Schema.Field field : a.getSchema().getFields()) {
            if (!Objects.equals(a.get(field.pos()), b.get(field.pos()))) {
                expectations.add(field.name() + " " + text(a, field));
                findings.add(field.name() + " " + text(b, field));
            }
        }
        differ(
                Difference.Kind.DIFFERENT,
                expected,
                revision,
                String.join(", ", expectations),
                String.join(", ", findings));
    }

    /** All that makes a revision, and the record it is about. */
    private static Violation claim(Violation violation) {
        Evidence evidence = violation.getEvidence();
        return Violation.newBuilder(violation)
                .setRevision(0)
                .setStatus(ViolationStatus.OPEN)
                .setDetectedAt(Instant.EPOCH)
                .setCause(null)
                .setEvidence(Evidence.newBuilder()
                        .setTopic(evidence.getTopic())
                        .setPartition(evidence.getPartition())
                        .setOffset(evidence.getOffset())
                        .setPolicySha256("")
                        .build())
                .setChain(NO_CHAIN)
                .build();
    }

    /** A key that was rotated since gives other pseudonyms: they cannot be compared. */
    private static boolean isOtherKey(Violation a, Violation b) {
        String mine = a.getSubject().getPseudonym();
        String theirs = b.getSubject().getPseudonym();
        return mine != null && theirs != null && !keyId(mine).equals(keyId(theirs));
    }

    private static String keyId(String pseudonym) {
        return pseudonym.substring(0, pseudonym.indexOf(':') + 1);
    }

    private static String text(Violation violation, Schema.Field field) {
        return field.name().equals("findings") ? says(violation) : String.valueOf(violation.get(field.pos()));
    }

    private static String says(Violation violation) {
        TreeSet<String> rules = new TreeSet<>();
        violation.getFindings().forEach(finding -> rules.add(finding.getRule() + " " + finding.getSeverity()));
        return violation.getVerdict() + " " + rules;
    }

    /** {@code topic-partition@offset} of the event. */
    static String place(Violation violation) {
        Evidence evidence = violation.getEvidence();
        return evidence.getTopic() + "-" + evidence.getPartition() + "@" + evidence.getOffset();
    }

    private void differ(
            Difference.Kind kind,
            @Nullable Violation expected,
            @Nullable Revision revision,
            String wanted,
            String found) {
        Violation about = expected == null ? Objects.requireNonNull(revision).violation() : expected;
        if (!comparable.test(about.getEvidence())) {
            notCompared++;
            return;
        }
        if (revision != null && isExpired(revision.violation())) {
            expired++;
            return;
        }
        String subject = "event " + about.getEventId() + (revision == null ? "" : ", published at " + revision.place());
        differences.add(
                new Difference(kind, place(about), subject, wanted, found, explanations.of(expected, revision)));
    }

    /** All differences, once every violation that was found was given; by event id. */
    List<Difference> differences() {
        published.values().stream()
                .flatMap(List::stream)
                .filter(revision -> !revision.isWithdrawn())
                .forEach(revision ->
                        differ(Difference.Kind.EXTRA, null, revision, "nothing", says(revision.violation())));
        published.clear();
        differences.sort(Comparator.comparing(Difference::subject));
        return differences;
    }

    /** The monitor says so itself where it no longer keeps what the topics still have: cloverwatch.history.horizon. */
    private static boolean isExpired(Violation published) {
        return published.getStatus() != ViolationStatus.WITHDRAWN
                && published.getFindings().stream()
                        .anyMatch(finding -> finding.getRule().equals(Rule.HISTORY_EXPIRED.name()));
    }

    /** What is no difference, and is not the same either. */
    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (notCompared > 0) {
            notes.add(
                    notCompared + " violations were not compared: their events are no longer kept, or came meanwhile");
        }
        if (expired > 0) {
            notes.add(expired
                    + " violations say HISTORY_EXPIRED, as the monitor no longer kept what the topics still have;"
                    + " replay tells what they come to");
        }
        if (otherKey) {
            notes.add("some violations name subjects by another pseudonym key: their pseudonyms were not compared");
        }
        return notes;
    }
}
