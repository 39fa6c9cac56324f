package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.AvroRecords;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of violations of a subject: judges each candidate with the subject's consents and the gateway's approval,
 * remembers it, and publishes what is found.
 */
final class JudgeEgress implements Processor<byte[], Candidate, byte[], Routed> {

    private final TopologySettings settings;
    private final AccessEventDecoder decoder;
    private final BroadcastFacts facts;
    private ProcessorContext<byte[], Routed> context;
    private ConsentStore consents;
    private RecentCandidates recent;
    private OutcomeCounts outcomes;
    private ViolationChain chain;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JudgeEgress(TopologySettings settings, AccessEventDecoder decoder, BroadcastFacts facts) {
        this.settings = settings;
        this.decoder = decoder;
        this.facts = facts;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.consents = new ConsentStore(context.getStateStore(FlowTopology.CONSENTS));
        this.recent = new RecentCandidates(
                context.getStateStore(FlowTopology.RECENT_CANDIDATES),
                context.getStateStore(FlowTopology.RECENT_BY_TIME),
                context.getStateStore(FlowTopology.STREAM_TIMES),
                settings.lookback());
        this.outcomes = new OutcomeCounts(context.getStateStore(FlowTopology.EGRESS_OUTCOMES));
        this.chain = new ViolationChain(
                context.getStateStore(FlowTopology.CHAIN),
                settings.applicationId() + "/" + context.taskId().partition());
    }

    @Override
    public void process(Record<byte[], Candidate> record) {
        Candidate candidate = record.value();
        Origin origin = Origins.toModel(candidate.getOrigin());
        recent.advance(origin.partition(), candidate.getStreamTime());
        try {
            var decoded = decoder.decode(Bytes.of(candidate.getValue()), origin);
            judge(candidate, origin, decoded.event(), decoded.avro());
        } catch (UnreadableRecordException | InvalidRecordException e) {
            reject(candidate, origin, e.getMessage());
        }
    }

    private void judge(Candidate candidate, Origin origin, AccessEvent event, eu.cloverwatch.v1.AccessEvent avro) {
        Judgement judgement = judgement(candidate, event);
        if (!judgement.outcome().isRemembered()) {
            outcomes.add(judgement.outcome());
            return;
        }
        Optional<RecentCandidate> first = recent.find(event);
        if (first.isEmpty()) {
            outcomes.add(judgement.outcome());
            Violation violation = publish(event, judgement, origin);
            recent.remember(event, remembered(candidate, avro, violation));
        } else if (first.get().getEvent().equals(avro)) {
            outcomes.add(Outcome.DUPLICATE);
        } else {
            reject(candidate, origin, "event_id: expected a new id, this one was used by an event with other content");
        }
    }

    private Judgement judgement(Candidate candidate, AccessEvent event) {
        Instant t = event.occurredAt();
        SubjectId subject = event.subject().id();
        AccessEvent.GatewayUse use = event.gateway();
        Lookup<SubjectConsent> consent = subject == null ? Lookup.absent() : consents.asOf(subject, t);
        Lookup<GatewayApproval> gateway = use == null ? Lookup.absent() : facts.gateway(use.id(), t);
        return Flow.of(event, facts.policy(t), Locations.of(candidate)).conclude(consent, gateway);
    }

    /** Null if there is nothing to publish. */
    private @Nullable Violation publish(AccessEvent event, Judgement judgement, Origin origin) {
        if (judgement.outcome() == Outcome.GATEWAY_APPROVED) {
            return null;
        }
        long now = context.currentSystemTimeMs();
        Violation violation =
                AvroRecords.violation(event, judgement, origin, settings.pseudonyms(), Instant.ofEpochMilli(now));
        chain.append(violation);
        context.forward(new Record<>(
                violation.getViolationId().getBytes(StandardCharsets.UTF_8),
                new Routed.Found(violation),
                now,
                CloudEvents.of(violation, settings.applicationId())));
        return violation;
    }

    private static RecentCandidate remembered(
            Candidate candidate, eu.cloverwatch.v1.AccessEvent event, @Nullable Violation published) {
        return RecentCandidate.newBuilder()
                .setOrigin(candidate.getOrigin())
                .setEvent(event)
                .setLocationState(candidate.getLocationState())
                .setLocation(candidate.getLocation())
                .setPublished(published)
                .build();
    }

    private void reject(Candidate candidate, Origin origin, @Nullable String reason) {
        outcomes.add(Outcome.REJECTED);
        context.forward(Rejects.of(
                Bytes.ofNullable(candidate.getKey()),
                Bytes.of(candidate.getValue()),
                origin,
                reason,
                context.currentSystemTimeMs()));
    }
}
