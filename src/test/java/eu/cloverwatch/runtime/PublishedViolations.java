package eu.cloverwatch.runtime;

import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.HashChain;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What stands in the violations topic, and whether it is what was promised of it. */
public final class PublishedViolations {

    private final List<Violation> records;

    /** @param records all of them, in the order of each partition */
    public PublishedViolations(Collection<Violation> records) {
        this.records = List.copyOf(records);
    }

    /** Reads the topic to its end: what is committed. */
    public static PublishedViolations read(Deployment deployment) {
        return new PublishedViolations(deployment.violations());
    }

    /** Number of events about which something was published. */
    public long events() {
        return records.stream().map(Violation::getViolationId).distinct().count();
    }

    /** Number of records: first ones and revisions. */
    public long records() {
        return records.size();
    }

    /** Number of chains. */
    public long chains() {
        return records.stream()
                .map(record -> record.getChain().getId())
                .distinct()
                .count();
    }

    /** Of each violation that is not withdrawn the latest revision, in the order of {@link FinalVerdict#ORDER}. */
    public List<FinalVerdict> verdicts() {
        FinalViolations last = new FinalViolations();
        records.forEach(last::add);
        return last.verdicts();
    }

    /** What is wrong with revisions and chains, a line for each; empty if nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        Map<String, List<Violation>> byId = new LinkedHashMap<>();
        Map<String, List<Violation>> byChain = new TreeMap<>();
        for (Violation record : records) {
            byId.computeIfAbsent(record.getViolationId(), id -> new ArrayList<>())
                    .add(record);
            byChain.computeIfAbsent(record.getChain().getId(), id -> new ArrayList<>())
                    .add(record);
        }
        byId.forEach((id, revisions) -> revisions(id, revisions, problems));
        byChain.forEach((id, links) -> chain(id, links, problems));
        return problems;
    }

    /** All records of a violation are in one partition, hence in the order of their revisions: 0, 1, ... */
    private static void revisions(String id, List<Violation> revisions, List<String> problems) {
        List<Integer> numbers = revisions.stream().map(Violation::getRevision).toList();
        for (int i = 0; i < revisions.size(); i++) {
            Violation revision = revisions.get(i);
            if (revision.getRevision() != i) {
                problems.add("violation " + id + ": expected revisions 0, 1, ... in this order, got " + numbers);
                return;
            }
            if ((revision.getStatus() == ViolationStatus.OPEN) != (i == 0)) {
                problems.add("violation " + id + ": revision " + i + " is " + revision.getStatus());
            }
            if (i > 0 && isWithdrawn(revisions.get(i - 1)) && isWithdrawn(revision)) {
                problems.add("violation " + id + ": revision " + i + " withdraws what was withdrawn");
            }
            if (i > 0 && isNothingNew(revisions.get(i - 1), revision)) {
                problems.add("violation " + id + ": revision " + i + " says nothing new");
            }
            if (i > 0 && revision.getCause() == null) {
                problems.add("violation " + id + ": revision " + i + " has no cause");
            }
        }
    }

    private static boolean isWithdrawn(Violation revision) {
        return revision.getStatus() == ViolationStatus.WITHDRAWN;
    }

    /** Beside times, cause, evidence and chain. */
    private static boolean isNothingNew(Violation before, Violation after) {
        Violation copy = Violation.newBuilder(after)
                .setRevision(before.getRevision())
                .setOccurredAt(before.getOccurredAt())
                .setDetectedAt(before.getDetectedAt())
                .setCause(before.getCause())
                .setEvidence(before.getEvidence())
                .setChain(before.getChain())
                .build();
        if (before.getRevision() == 0 && after.getStatus() == ViolationStatus.AMENDED) {
            copy.setStatus(before.getStatus());
        }
        return copy.equals(before);
    }

    /** A chain may run through several partitions: its own sequence orders it. */
    private static void chain(String id, List<Violation> links, List<String> problems) {
        List<Violation> sorted = new ArrayList<>(links);
        sorted.sort(Comparator.comparingLong(link -> link.getChain().getSequence()));
        byte[] previous = new byte[0];
        for (int i = 0; i < sorted.size(); i++) {
            Violation link = sorted.get(i);
            if (link.getChain().getSequence() != i) {
                problems.add("chain " + id + ": expected sequence " + i + " of " + sorted.size() + ", got "
                        + link.getChain().getSequence());
                return;
            }
            ByteBuffer hash = link.getChain().getHash();
            if (!link.getChain().getPreviousHash().equals(ByteBuffer.wrap(previous))) {
                problems.add("chain " + id + ": " + i + " does not follow " + (i - 1));
            }
            previous = HashChain.link(Violation.newBuilder(link).build(), id, i, previous);
            if (!Objects.equals(hash, ByteBuffer.wrap(previous))) {
                problems.add("chain " + id + ": the hash of " + i + " is not that of its content");
            }
        }
    }
}
