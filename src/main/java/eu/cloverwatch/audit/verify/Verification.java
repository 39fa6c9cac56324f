package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.Admission;
import eu.cloverwatch.audit.replay.Replay;
import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.audit.replay.ReplayRequest;
import eu.cloverwatch.audit.replay.ReplaySource;
import eu.cloverwatch.audit.replay.Replayed;
import eu.cloverwatch.audit.replay.Replayed.Uncommitted;
import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Evidence;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        // Both are asked for again, later: what may not be read is said before hours are spent.
        reader.whole(Topic.VIOLATIONS);
        reader.whole(Topic.LEDGER);
        Map<Integer, Range> log = byPartition(reader.whole(Topic.ACCESS_EVENTS));
        LateFacts late = new LateFacts(lookback);
        try (Replayed replayed = new Replay(source, pseudonyms, lookback, directory, progress)
                .run(new ReplayRequest(from, to, null, List.of(), null, null), late)) {
            // The monitor goes on. It publishes violations no later than the epoch that counts them, and both after the
            // event: what an epoch speaks of is there when it is looked for after the epoch.
            Ledger ledger = ledger();
            List<Published> published = published(from, to);
            Chains chains = new Chains(published).verify();
            Map<Integer, Range> grown = byPartition(reader.whole(Topic.ACCESS_EVENTS));
            Map<Integer, Book> books = books(ledger, chains, accounts(replayed, log, grown, ledger), grown);
            Violations violations = new Violations(
                    Published.last(published),
                    new Explanations(chains, books, late),
                    evidence -> isComparable(evidence, log));
            replayed.violations().forEach(violations::found);
            Stream<List<Range>> ranges =
                    Stream.of(published.stream().map(Published::range).toList(), ledger.ranges());
            return verified(replayed, Uncommitted.of(ranges), violations, chains, ledger, books.values());
        }
    }

    private List<Published> published(Instant from, Instant to) {
        // Twice: what is before the first ends is whole before the second ones.
        Map<Integer, Range> settled = byPartition(reader.whole(Topic.VIOLATIONS));
        progress.stage("Reading violations", length(settled.values()));
        return reader.read(
                reader.whole(Topic.VIOLATIONS),
                range -> {
                    Range before = settled.get(range.partition().partition());
                    return new Published(
                            source.serde(),
                            range,
                            before == null ? 0 : before.to(),
                            t -> !t.isBefore(from) && t.isBefore(to));
                },
                progress::done);
    }

    private Ledger ledger() {
        List<Range> ranges = reader.whole(Topic.LEDGER);
        progress.stage("Reading the ledger", length(ranges));
        return new Ledger(reader.read(
                ranges,
                range -> new LedgerSink(source.serde(), range, source.name(Topic.ACCESS_EVENTS)),
                progress::done));
    }

    /**
     * What the epochs that have to do with the range account for, whole: by when records of the range can have been written, so
     * that those that are gone are missed, and by where there are some.
     *
     * @param log as it was before the replay: of what came since, the epochs may still be open
     * @param grown as it was after the ledger was read: all of its epochs end in it
     */
    private List<Range> accounts(Replayed replayed, Map<Integer, Range> log, Map<Integer, Range> grown, Ledger ledger) {
        Map<Integer, Range> start = byPartition(
                reader.since(Topic.ACCESS_EVENTS, replayed.request().from().minus(Admission.MAX_AHEAD)));
        Map<Integer, Range> end =
                byPartition(reader.since(Topic.ACCESS_EVENTS, replayed.request().to()));
        return replayed.events().stream()
                .filter(input -> log.containsKey(input.partition()))
                .map(input -> account(
                        of(grown, input),
                        of(start, input).from(),
                        Math.min(
                                Math.max(input.lastOffset() + 1, of(end, input).from()),
                                of(log, input).to()),
                        ledger.epochs(input.partition())))
                .toList();
    }

    private static Range of(Map<Integer, Range> ranges, Replayed.Input input) {
        return Objects.requireNonNull(ranges.get(input.partition()));
    }

    private static Range account(Range all, long from, long to, TreeMap<Long, Epoch> epochs) {
        Map.Entry<Long, Epoch> first = epochs.floorEntry(from);
        Map.Entry<Long, Epoch> last = epochs.lowerEntry(to);
        long start = first == null || first.getValue().last() < from ? from : first.getKey();
        long end = last == null ? to : Math.max(last.getValue().last() + 1, to);
        return new Range(all.partition(), all.beginning(), Math.max(start, all.beginning()), Math.min(end, all.to()));
    }

    private Map<Integer, Book> books(Ledger ledger, Chains chains, List<Range> accounts, Map<Integer, Range> log) {
        progress.stage("Comparing with the ledger", length(accounts));
        // Where compaction or retention has taken records, not all are known.
        FirstVerdicts first = chains.isComplete() ? new FirstVerdicts(chains.all()) : null;
        Map<Integer, Book> books = new TreeMap<>();
        for (EpochSink records : reader.read(
                accounts,
                range -> new EpochSink(range, ledger.epochs(range.partition().partition())),
                progress::done)) {
            int partition = records.range().partition().partition();
            books.put(
                    partition,
                    new Book(
                                    records,
                                    ledger,
                                    Objects.requireNonNull(log.get(partition)).to(),
                                    first)
                            .verify());
        }
        return books;
    }

    /** Not an event that came after the replay had begun, nor one that is gone. */
    private static boolean isComparable(Evidence evidence, Map<Integer, Range> log) {
        Range range = log.get(evidence.getPartition());
        return range == null || (evidence.getOffset() >= range.beginning() && evidence.getOffset() < range.to());
    }

    private static Verified verified(
            Replayed replayed,
            List<Uncommitted> published,
            Violations violations,
            Chains chains,
            Ledger ledger,
            Collection<Book> books) {
        List<Difference> differences = new ArrayList<>(violations.differences());
        differences.addAll(chains.differences());
        differences.addAll(ledger.differences());
        books.forEach(book -> differences.addAll(book.differences()));
        List<String> notes = new ArrayList<>(violations.notes());
        books.forEach(book -> notes.addAll(book.notes()));
        replayed.uncommitted().forEach(some -> notes.add("INCOMPLETE: " + some));
        published.forEach(some -> notes.add("INCOMPLETE: " + some));
        return new Verified(
                differences,
                notes,
                replayed.losses(),
                replayed.outcomes(),
                sum(replayed.events(), Replayed.Input::records),
                replayed.violations().size(),
                chains.links(),
                sum(books, Book::checked));
    }

    private static Map<Integer, Range> byPartition(List<Range> ranges) {
        return ranges.stream()
                .collect(Collectors.toMap(range -> range.partition().partition(), Function.identity()));
    }

    private static long length(Collection<Range> ranges) {
        return sum(ranges, Range::length);
    }

    private static <T> long sum(Collection<T> all, ToLongFunction<T> figure) {
        return all.stream().mapToLong(figure).sum();
    }
}
