package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.Admission;
import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.NaiveFacts.Revision;
import eu.cloverwatch.audit.replay.Replayed.PolicyInForce;
import eu.cloverwatch.audit.replay.Replayed.Rejected;
import eu.cloverwatch.audit.replay.Replayed.Uncommitted;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Judges a range of the access-events topic again, from the topics alone: docs/adr/0009-replay.md has the steps. */
public final class Replay {

    /** Each is in memory with all consents of its subjects. */
    private static final int BUCKETS_AT_A_TIME = 4;

    private final ReplaySource source;
    private final Pseudonyms pseudonyms;
    private final Duration lookback;
    private final Path directory;
    private final ReplayProgress progress;
    private final TopicReader reader;
    private final TopicRecords records;

    /**
     * @param lookback of the monitor: an event that comes again later than that is a new one
     * @param directory for temporary files, on a disk with space for the candidates of the range
     */
    public Replay(
            ReplaySource source, Pseudonyms pseudonyms, Duration lookback, Path directory, ReplayProgress progress) {
        this.source = source;
        this.pseudonyms = pseudonyms;
        this.lookback = lookback;
        this.directory = directory;
        this.progress = progress;
        this.reader = new TopicReader(source);
        this.records = new TopicRecords(source);
    }

    /**
     * @return the caller's to close
     * @throws TopicUnavailableException if a topic is missing or cannot be read
     * @throws ClusterSettingsException if the source's properties are of no use
     * @throws eu.cloverwatch.wire.RegistryUnavailableException if the registry does not answer
     * @throws java.io.UncheckedIOException if the disk fails
     */
    public Replayed run(ReplayRequest request) {
        return run(request, null);
    }

    /** The same, with somebody who is told what each event is judged with. */
    public Replayed run(ReplayRequest request, @Nullable Witness witness) {
        // All before any is read, so that what is missing or not permitted is said at once.
        List<Range> events = reader.since(Topic.ACCESS_EVENTS, request.from().minus(Admission.MAX_AHEAD));
        List<Range> policies = reader.whole(Topic.POLICIES);
        List<Range> gateways = reader.whole(Topic.GATEWAYS);
        List<Range> locations = reader.whole(Topic.EMPLOYEE_LOCATIONS);
        List<Range> consents = reader.whole(Topic.CONSENTS);

        FactsRead facts = new FactsRead(reader, records, progress::done);
        NaiveFacts recorded = new NaiveFacts();
        progress.stage("Reading facts", length(policies) + length(gateways) + length(locations));
        facts.policies(policies, recorded);
        facts.timelines(Topic.GATEWAYS, gateways, recorded);
        facts.timelines(Topic.EMPLOYEE_LOCATIONS, locations, recorded);

        OrderedSpill<Violation> violations = new OrderedSpill<>(directory, AvroBytes::write, Replay::violation);
        OrderedSpill<Change> changes = new OrderedSpill<>(directory, ChangeFormat::write, ChangeFormat::read);
        try (Buckets candidates = new Buckets(directory);
                Buckets ofSubjects = new Buckets(directory)) {
            Judging judging = judging(request, recorded, violations, changes, witness);
            List<EventSink> sinks = events(events, judging, candidates, consents, facts, ofSubjects);
            List<Tally> tallies = judge(judging, candidates, ofSubjects);
            sinks.forEach(sink -> tallies.add(sink.tally()));
            return new Replayed(
                    request,
                    Tally.sum(tallies),
                    sinks.stream().map(EventSink::input).toList(),
                    facts.inputs(),
                    policies(sinks),
                    rejected(tallies),
                    Rejects.reasons(tallies.stream().map(Tally::rejects)),
                    facts.rejected(),
                    facts.reasons(),
                    sinks.stream().map(EventSink::loss).filter(Objects::nonNull).toList(),
                    Uncommitted.of(Stream.of(events, policies, gateways, locations, consents)),
                    violations,
                    changes);
        } catch (RuntimeException | Error e) {
            violations.close();
            changes.close();
            throw e;
        }
    }

    private Judging judging(
            ReplayRequest request,
            NaiveFacts recorded,
            OrderedSpill<Violation> violations,
            OrderedSpill<Change> changes,
            @Nullable Witness witness) {
        Instant knownAt = request.knownAt() == null ? NaiveFacts.NOW : request.knownAt();
        NaiveFacts policies = request.policies().isEmpty() ? recorded : View.backtest(request.policies());
        List<Comparison> comparisons = new ArrayList<>();
        if (request.knownAt() != null) {
            comparisons.add(new Comparison(Change.Kind.LATER_FACTS, new View(policies, recorded, NaiveFacts.NOW)));
        }
        if (policies != recorded) {
            comparisons.add(new Comparison(Change.Kind.OTHER_POLICY, new View(recorded, recorded, knownAt)));
        }
        return new Judging(
                request,
                new View(policies, recorded, knownAt),
                comparisons,
                pseudonyms,
                violations,
                changes,
                lookback,
                witness);
    }

    private List<EventSink> events(
            List<Range> events,
            Judging judging,
            Buckets candidates,
            List<Range> consents,
            FactsRead facts,
            Buckets ofSubjects) {
        Occurring subjects = new Occurring();
        progress.stage("Reading events", length(events));
        List<EventSink> sinks = reader.read(
                events, range -> new EventSink(range, judging, records, candidates, subjects), progress::done);
        progress.stage("Reading consents", length(consents));
        facts.consents(consents, subjects, ofSubjects);
        return sinks;
    }

    private List<Tally> judge(Judging judging, Buckets candidates, Buckets consents) {
        progress.stage("Judging", Buckets.COUNT);
        List<Tally> tallies = new ArrayList<>();
        List<Runnable> tasks = IntStream.range(0, Buckets.COUNT)
                .<Runnable>mapToObj(bucket -> () -> {
                    BucketJudgement judgement = new BucketJudgement(judging, records, source.name(Topic.ACCESS_EVENTS));
                    judgement.judge(bucket, candidates, consents);
                    synchronized (tallies) {
                        tallies.add(judgement.tally());
                    }
                    progress.done(1);
                })
                .toList();
        Workers.run(Math.min(source.workers(), BUCKETS_AT_A_TIME), tasks);
        return tallies;
    }

    private static List<PolicyInForce> policies(List<EventSink> sinks) {
        Map<Revision, Long> events = new IdentityHashMap<>();
        sinks.forEach(sink -> sink.policies().forEach((policy, count) -> events.merge(policy, count, Long::sum)));
        return events.entrySet().stream()
                .map(entry -> new PolicyInForce(
                        entry.getKey().policy().policyId(),
                        entry.getKey().policy().sha256(),
                        entry.getKey().inForceFrom(),
                        entry.getValue()))
                .sorted(Comparator.comparing(PolicyInForce::from).thenComparing(PolicyInForce::sha256))
                .toList();
    }

    private static List<Rejected> rejected(List<Tally> tallies) {
        return tallies.stream()
                .flatMap(tally -> tally.rejects().listed().stream())
                .sorted(Comparator.<Rejected>comparingInt(
                                rejected -> rejected.origin().partition())
                        .thenComparingLong(rejected -> rejected.origin().offset()))
                .toList();
    }

    private static Violation violation(byte[] bytes) {
        return AvroBytes.read(bytes, 0, Violation.getClassSchema(), Violation.class);
    }

    private static long length(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::length).sum();
    }
}
