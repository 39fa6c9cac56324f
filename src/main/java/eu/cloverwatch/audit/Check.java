package eu.cloverwatch.audit;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.Verdict;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.FinalVerdict;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.ScenarioDirectory;
import eu.cloverwatch.wire.ScenarioFile.Line;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Judges recorded data, a scenario directory or records of the topics: reads all facts, then every event in order of arrival. */
public final class Check {

    /** Facts in the order in which they are gathered; that of different topics does not matter. */
    private static final List<Topic> FACTS = List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS);

    private final NaiveFacts facts = new NaiveFacts();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final EventIds ids = EventIds.forGood();
    private final List<FinalVerdict> verdicts = new ArrayList<>();
    private final Consumer<String> problems;
    private final LongConsumer progress;
    private long judged;

    /**
     * A record as it is judged.
     *
     * @param place where it was read, for messages
     * @param problem why it is no record of the contract's shape; null if it is one
     */
    private record Entry(
            String place, Arrival arrival, @Nullable String problem) {

        static Entry of(Line line) {
            return new Entry(line.place(), line.arrival(), line.problem());
        }
    }

    /**
     * What the data comes to.
     *
     * @param verdicts of the events that end VIOLATION or UNDECIDABLE, in the order of {@link FinalVerdict#ORDER}
     * @param outcomes number of events by outcome, all eight
     */
    public record Result(List<FinalVerdict> verdicts, Map<Outcome, Long> outcomes) {}

    private Check(Consumer<String> problems, LongConsumer progress) {
        this.problems = problems;
        this.progress = progress;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    /**
     * @param policies in order of arrival
     * @param problems receives a line of text, with file and line number, for every record that is rejected
     * @param progress receives the number of events judged so far
     */
    public static Result run(
            ScenarioDirectory directory,
            List<PolicyDocument> policies,
            Consumer<String> problems,
            LongConsumer progress)
            throws IOException {
        Check check = new Check(problems, progress);
        check.gather(policies);
        for (Topic topic : FACTS) {
            directory.forEach(topic, line -> check.fact(Entry.of(line)));
        }
        directory.forEach(Topic.GATEWAY_PASSES, line -> check.pass(Entry.of(line)));
        directory.forEach(Topic.ACCESS_EVENTS, line -> check.event(Entry.of(line)));
        return check.result();
    }

    /**
     * Judges records as they are in the topics: their keys and timestamps count, too.
     *
     * @param policies in order of arrival
     * @param arrivals facts, passes and events; of each topic in order of arrival, of different topics in any order. Gone
     *     through twice
     * @param problems receives a line of text, with topic and number in the order given, for every record that is rejected
     * @param progress receives the number of events judged so far
     */
    public static Result run(
            List<PolicyDocument> policies,
            Iterable<Arrival> arrivals,
            Consumer<String> problems,
            LongConsumer progress) {
        Check check = new Check(problems, progress);
        check.gather(policies);
        forEach(arrivals, entry -> {
            if (FACTS.contains(entry.arrival().topic())) {
                check.fact(entry);
            } else if (entry.arrival().topic() == Topic.GATEWAY_PASSES) {
                check.pass(entry);
            }
        });
        forEach(arrivals, entry -> {
            if (entry.arrival().topic() == Topic.ACCESS_EVENTS) {
                check.event(entry);
            }
        });
        return check.result();
    }

    private static void forEach(Iterable<Arrival> arrivals, Consumer<Entry> sink) {
        long number = 0;
        for (Arrival arrival : arrivals) {
            sink.accept(new Entry(arrival.topic().baseName() + "#" + ++number, arrival, Admission.problem(arrival)));
        }
    }

    private void gather(List<PolicyDocument> policies) {
        for (PolicyDocument document : policies) {
            Instant recordedAt = document.recordedAt().orElse(document.effectiveFrom());
            facts.add(document.policy(), recordedAt);
        }
    }

    private Result result() {
        verdicts.sort(FinalVerdict.ORDER);
        return new Result(verdicts, outcomes);
    }

    private void fact(Entry entry) {
        if (entry.problem() != null) {
            reject(entry, entry.problem());
            return;
        }
        try {
            facts.add(entry.arrival());
        } catch (InvalidRecordException e) {
            reject(entry, e.getMessage());
        }
    }

    /** Passes play no part in these rules, but a line that is none is shown all the same. */
    private void pass(Entry entry) {
        if (entry.problem() != null) {
            reject(entry, entry.problem());
        }
    }

    private void event(Entry entry) {
        outcomes.merge(outcome(entry), 1L, Long::sum);
        progress.accept(++judged);
    }

    private Outcome outcome(Entry entry) {
        if (entry.problem() != null) {
            return reject(entry, entry.problem());
        }
        if (!(entry.arrival().payload() instanceof Arrival.Value value)) {
            return reject(entry, "an access event cannot be a tombstone");
        }
        try {
            var content = (eu.cloverwatch.v1.AccessEvent) value.record();
            return outcome(entry, ModelRecords.accessEvent(content), content);
        } catch (InvalidRecordException e) {
            return reject(entry, e.getMessage());
        }
    }

    private Outcome outcome(Entry entry, AccessEvent event, SpecificRecord content) {
        Judgement judgement = judge(event);
        if (!judgement.outcome().isRemembered()) {
            return judgement.outcome();
        }
        byte[] digest = EventIds.digest(content);
        switch (ids.use(event, () -> digest, 0, event.occurredAt())) {
            case AGAIN -> {
                return Outcome.DUPLICATE;
            }
            case REUSED -> {
                return reject(entry, EventIds.REUSED);
            }
            case FIRST -> {}
        }
        switch (judgement.outcome()) {
            case VIOLATION -> verdicts.add(verdict(event, judgement, Verdict.VIOLATION));
            case UNDECIDABLE -> verdicts.add(verdict(event, judgement, Verdict.UNDECIDABLE));
            default -> {}
        }
        return judgement.outcome();
    }

    private Judgement judge(AccessEvent event) {
        Instant t = event.occurredAt();
        NaiveFacts.Revision inForce = facts.policy(t, NaiveFacts.NOW);
        SubjectId subject = event.subject().id();
        AccessEvent.GatewayUse gateway = event.gateway();
        return Flow.of(
                        event,
                        inForce == null ? null : inForce.policy(),
                        NaiveFacts.lookup(facts.location(event.actor().id(), t, NaiveFacts.NOW)))
                .conclude(
                        NaiveFacts.lookup(subject == null ? null : facts.consent(subject.value(), t, NaiveFacts.NOW)),
                        NaiveFacts.lookup(gateway == null ? null : facts.gateway(gateway.id(), t, NaiveFacts.NOW)));
    }

    private static FinalVerdict verdict(AccessEvent event, Judgement judgement, Verdict verdict) {
        TreeSet<String> rules = new TreeSet<>();
        judgement.findings().forEach(finding -> rules.add(finding.rule().name()));
        return new FinalVerdict(event.eventId(), verdict, rules, judgement.severity());
    }

    private Outcome reject(Entry entry, @Nullable String problem) {
        problems.accept(entry.place() + ": rejected: " + problem);
        return Outcome.REJECTED;
    }
}
