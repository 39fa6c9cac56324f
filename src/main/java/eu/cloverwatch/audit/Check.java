package eu.cloverwatch.audit;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges a scenario directory: reads all facts, then every event in order of arrival. */
public final class Check {

    private final NaiveFacts facts = new NaiveFacts();
    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Id, AccessEvent> remembered = new HashMap<>();
    private final List<FinalVerdict> verdicts = new ArrayList<>();
    private final Consumer<String> problems;

    /** Event ids are unique within a subject; those of bulk accesses (no subject id) among themselves. */
    private record Id(@Nullable SubjectId subject, String eventId) {}

    /**
     * What a directory comes to.
     *
     * @param verdicts of the events that end VIOLATION or UNDECIDABLE, in the order of {@link FinalVerdict#ORDER}
     * @param outcomes number of events by outcome, all eight
     */
    public record Result(List<FinalVerdict> verdicts, Map<Outcome, Long> outcomes) {}

    private Check(Consumer<String> problems) {
        this.problems = problems;
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
    }

    /**
     * @param policies in order of arrival
     * @param problems receives a line of text, with file and line number, for every record that is rejected
     */
    public static Result run(ScenarioDirectory directory, List<PolicyDocument> policies, Consumer<String> problems)
            throws IOException {
        Check check = new Check(problems);
        for (PolicyDocument document : policies) {
            Instant recordedAt = document.recordedAt().orElse(document.effectiveFrom());
            check.facts.add(document.policy(), recordedAt);
        }
        for (Topic topic : List.of(Topic.EMPLOYEE_LOCATIONS, Topic.CONSENTS, Topic.GATEWAYS)) {
            directory.forEach(topic, check::fact);
        }
        directory.forEach(Topic.GATEWAY_PASSES, check::pass);
        directory.forEach(Topic.ACCESS_EVENTS, check::event);
        check.verdicts.sort(FinalVerdict.ORDER);
        return new Result(check.verdicts, check.outcomes);
    }

    private void fact(Line line) {
        if (line.problem() != null) {
            reject(line, line.problem());
            return;
        }
        try {
            facts.add(line.arrival());
        } catch (InvalidRecordException e) {
            reject(line, e.getMessage());
        }
    }

    /** Passes play no part in these rules, but a line that is none is shown all the same. */
    private void pass(Line line) {
        if (line.problem() != null) {
            reject(line, line.problem());
        }
    }

    private void event(Line line) {
        outcomes.merge(outcome(line), 1L, Long::sum);
    }

    private Outcome outcome(Line line) {
        if (line.problem() != null) {
            return reject(line, line.problem());
        }
        if (!(line.arrival().payload() instanceof Arrival.Value value)) {
            return reject(line, "an access event cannot be a tombstone");
        }
        try {
            return outcome(line, ModelRecords.accessEvent((eu.cloverwatch.v1.AccessEvent) value.record()));
        } catch (InvalidRecordException e) {
            return reject(line, e.getMessage());
        }
    }

    private Outcome outcome(Line line, AccessEvent event) {
        Judgement judgement = judge(event);
        if (!judgement.outcome().isRemembered()) {
            return judgement.outcome();
        }
        AccessEvent first = remembered.putIfAbsent(new Id(event.subject().id(), event.eventId()), event);
        if (first != null) {
            return first.equals(event)
                    ? Outcome.DUPLICATE
                    : reject(line, "event_id: expected a new id, this one was used by an event with other content");
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
        SubjectId subject = event.subject().id();
        AccessEvent.GatewayUse gateway = event.gateway();
        return Flow.of(event, facts.policy(t), facts.location(event.actor().id(), t))
                .conclude(
                        subject == null ? Lookup.absent() : facts.consent(subject.value(), t),
                        gateway == null ? Lookup.absent() : facts.gateway(gateway.id(), t));
    }

    private static FinalVerdict verdict(AccessEvent event, Judgement judgement, Verdict verdict) {
        TreeSet<String> rules = new TreeSet<>();
        judgement.findings().forEach(finding -> rules.add(finding.rule().name()));
        return new FinalVerdict(event.eventId(), verdict, rules, judgement.severity());
    }

    private Outcome reject(Line line, @Nullable String problem) {
        problems.accept(line.place() + ": rejected: " + problem);
        return Outcome.REJECTED;
    }
}
