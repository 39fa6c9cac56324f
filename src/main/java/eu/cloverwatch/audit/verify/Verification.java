package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.Replay;
import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.audit.verify.Published.Revision;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Replays a range, and compares it with the violations, the chains and the ledger that the monitor published. */
public final class Verification {

    private final ReplaySource source;
    private final Pseudonyms pseudonyms;
    private final Duration lookback;
    private final Path directory;
    private final ReplayProgress progress;
    private final TopicReader reader;

    /**
     * @param lookback of the monitor: how late a fact may be for it to judge again
     * @param directory for temporary files
     */
    public Verification(
            ReplaySource source, Pseudonyms pseudonyms, Duration lookback, Path directory, ReplayProgress progress) {
        this.source = source;
        this.pseudonyms = pseudonyms;
        this.lookback = lookback;
        this.directory = directory;
        this.progress = progress;
        this.reader = new TopicReader(source);
    }

    /**
     * @param from of {@code occurred_at}, inclusive
     * @param to exclusive
     * @throws eu.cloverwatch.audit.replay.TopicUnavailableException if a topic is missing or cannot be read
     */
    public Verified run(Instant from, Instant to) {
        List<Range> violationRanges = reader.whole(Topic.VIOLATIONS);
        List<Range> ledgerRanges = reader.whole(Topic.LEDGER);
        LateFacts late = new LateFacts(lookback);
        try (Replayed replayed = new Replay(source, pseudonyms, lookback, directory, progress)
                .run(new ReplayRequest(from, to, null, List.of(), null, null), late)) {
            progress.stage("Reading violations", length(violationRanges));
            List<Published> published =
                    reader.read(violationRanges, range -> new Published(source.serde()), progress::done);
            boolean beginningsKept = violationRanges.stream().allMatch(range -> range.beginning() == 0);
            List<Link> links = Published.links(published);
            Chains chains = new Chains(links, beginningsKept);
            List<Difference> broken = chains.verify();
            Map<Integer, Range> kept = new HashMap<>();
            reader.whole(Topic.ACCESS_EVENTS)
                    .forEach(range -> kept.put(range.partition().partition(), range));
            Map<Integer, Book> books = books(replayed, ledgerRanges, kept);
            Violations violations = new Violations(
                    of(published, from, to, kept),
                    (expected, revision) ->
                            explain(expected, revision, chains.broken(), !broken.isEmpty(), books, late));
            replayed.violations().forEach(violations::found);
            return result(replayed, violations, broken, links.size(), books);
        }
    }

    /** About events of the range that are still kept: of others there is nothing to compare with. */
    private static List<Revision> of(List<Published> published, Instant from, Instant to, Map<Integer, Range> kept) {
        return Published.last(published).stream()
                .filter(revision -> {
                    Instant t = revision.violation().getOccurredAt();
                    Evidence evidence = revision.violation().getEvidence();
                    Range range = kept.get(evidence.getPartition());
                    boolean gone = range != null && evidence.getOffset() < range.beginning();
                    return !t.isBefore(from) && t.isBefore(to) && !gone;
                })
                .toList();
    }

    private static Verified result(
            Replayed replayed, Violations violations, List<Difference> broken, long links, Map<Integer, Book> books) {
        List<Difference> differences = new ArrayList<>(violations.differences());
        differences.addAll(broken);
        List<String> notes = new ArrayList<>();
        books.values().forEach(book -> {
            differences.addAll(book.differences());
            notes.addAll(book.notes());
        });
        if (violations.otherKey()) {
            notes.add("some violations name subjects by another pseudonym key: their pseudonyms were not compared");
        }
        replayed.losses()
                .forEach(loss -> notes.add(loss.topic() + "-" + loss.partition() + ": records before "
                        + loss.firstOffsetLeft() + " are no longer kept, some of which may have been in the range"));
        long epochs = books.values().stream().mapToLong(Book::checked).sum();
        return new Verified(
                differences, notes, replayed.outcomes(), replayed.violations().size(), links, epochs);
    }

    /** The ledger of the partitions that have records in the range; whole epochs, of which the range may be a part. */
    private Map<Integer, Book> books(Replayed replayed, List<Range> ledgerRanges, Map<Integer, Range> kept) {
        progress.stage("Reading the ledger", length(ledgerRanges));
        List<LedgerSink> ledger = reader.read(ledgerRanges, range -> new LedgerSink(source.serde()), progress::done);
        Map<Integer, TreeMap<Long, Epoch>> standing = LedgerSink.standing(ledger, source.name(Topic.ACCESS_EVENTS));
        long epochRecords = standing.values().stream()
                .flatMap(epochs -> epochs.values().stream())
                .filter(epoch -> !epoch.partial())
                .mapToLong(epoch -> epoch.last() - epoch.first() + 1)
                .max()
                .orElse(0);
        List<Range> ranges = replayed.events().stream()
                .filter(input -> input.records() > 0)
                .map(input -> accounted(
                        input, standing.getOrDefault(input.partition(), new TreeMap<>()), kept.get(input.partition())))
                .toList();
        progress.stage("Comparing with the ledger", length(ranges));
        Map<Integer, Book> books = new TreeMap<>();
        reader.read(
                        ranges,
                        range -> new EpochSink(
                                range, standing.getOrDefault(range.partition().partition(), new TreeMap<>())),
                        progress::done)
                .forEach(
                        sink -> books.put(sink.range().partition().partition(), new Book(sink, epochRecords).verify()));
        return books;
    }

    private static Range accounted(Replayed.Input input, TreeMap<Long, Epoch> epochs, @Nullable Range kept) {
        Range all = Objects.requireNonNull(kept);
        Map.Entry<Long, Epoch> first = epochs.floorEntry(input.firstOffset());
        Map.Entry<Long, Epoch> last = epochs.floorEntry(input.lastOffset());
        long from =
                first == null || first.getValue().last() < input.firstOffset() ? input.firstOffset() : first.getKey();
        long to = last == null ? input.lastOffset() : Math.max(last.getValue().last(), input.lastOffset());
        return new Range(all.partition(), all.beginning(), Math.max(from, all.beginning()), Math.min(to + 1, all.to()));
    }

    private static String explain(
            @Nullable Violation expected,
            @Nullable Revision revision,
            Set<String> brokenEvents,
            boolean chainsBroken,
            Map<Integer, Book> books,
            LateFacts late) {
        String eventId =
                expected == null ? Objects.requireNonNull(revision).violation().getEventId() : expected.getEventId();
        Evidence evidence =
                expected == null ? Objects.requireNonNull(revision).violation().getEvidence() : expected.getEvidence();
        if (brokenEvents.contains(eventId)) {
            return "its record in the violations topic is not the one that the monitor wrote";
        }
        Book book = books.get(evidence.getPartition());
        String suspicion = book == null ? null : book.suspicion(evidence.getOffset());
        if (suspicion != null) {
            return suspicion;
        }
        String lateFact = late.of(eventId);
        if (lateFact != null) {
            return lateFact;
        }
        if (revision == null && chainsBroken) {
            return "removed from the violations topic: a chain lacks records";
        }
        return expected != null && revision != null
                ? otherEvidence(expected.getEvidence(), revision.violation().getEvidence())
                : "not known: neither ledger nor chains tell";
    }

    private static String otherEvidence(Evidence expected, Evidence found) {
        if (!expected.getPolicySha256().equals(found.getPolicySha256())) {
            return "judged by policy " + found.getPolicySha256() + " instead of " + expected.getPolicySha256();
        }
        return "judged with other versions of the facts: location " + found.getLocationEffectiveFrom() + " instead of "
                + expected.getLocationEffectiveFrom() + ", consent " + found.getConsentEffectiveFrom() + " instead of "
                + expected.getConsentEffectiveFrom() + ", gateway " + found.getGatewayEffectiveFrom()
                + " instead of " + expected.getGatewayEffectiveFrom();
    }

    private static long length(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::length).sum();
    }
}
