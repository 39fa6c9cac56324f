package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.RecentCandidate;
import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.Stage;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.Timeline.Span;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.ModelRecords;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of violations of a subject: judges each candidate with the subject's consents and the gateway's approval,
 * remembers it for the look-back, judges it again when one of its facts changes, and publishes what that comes to.
 */
final class JudgeEgress implements Processor<byte[], Incoming, byte[], Routed> {

    private final TopologySettings settings;
    private final AccessEventDecoder decoder;
    private final PartitionedFacts consentFacts;
    private final BroadcastFacts facts;
    private final LateFacts lateFacts;
    private final Revisions revisions;
    private ProcessorContext<byte[], Routed> context;
    private Timelines<SubjectConsent, ConsentTimeline> consents;
    private RecentCandidates recent;
    private Revisits revisits;
    private PendingOutcomes outcomes;
    private GatewayHorizon gatewayHorizon;
    private ViolationPublication publication;
    private WhilePending pending;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JudgeEgress(
            TopologySettings settings,
            AccessEventDecoder decoder,
            PartitionedFacts consentFacts,
            BroadcastFacts facts,
            LateFacts lateFacts) {
        this.settings = settings;
        this.decoder = decoder;
        this.consentFacts = consentFacts;
        this.facts = facts;
        this.lateFacts = lateFacts;
        this.revisions = new Revisions(settings.pseudonyms());
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.consents = new Timelines<>(
                context.getStateStore(StateStores.CONSENTS),
                new Expiries(context.getStateStore(StateStores.CONSENT_EXPIRIES)),
                new ConsentFormat(),
                settings.historyHorizon(),
                settings.lookback());
        this.publication = new ViolationPublication(context, settings.applicationId());
        this.recent = new RecentCandidates(context, settings, publication::settle);
        this.revisits = new Revisits(
                context.getStateStore(StateStores.EGRESS_REVISITS), recent, this::visit, settings.revisitPortion());
        this.outcomes = new PendingOutcomes(context.getStateStore(StateStores.EGRESS_OUTCOMES));
        this.gatewayHorizon = new GatewayHorizon(context.getStateStore(StateStores.GATEWAY_HORIZON), facts);
        this.pending = new WhilePending(context, FlowTopology.SOON, this::proceed, this::isDone);
        pending.wake();
        context.schedule(FlowTopology.NOW_AND_THEN, PunctuationType.WALL_CLOCK_TIME, now -> consents.expire(now()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private void proceed() {
        gatewayHorizon.await();
        revisits.proceed();
        if (revisits.isEmpty()) {
            recent.lookback().release();
        }
        outcomes.send(context::forward);
    }

    private boolean isDone() {
        return revisits.isEmpty() && recent.lookback().isReleased() && outcomes.isEmpty();
    }

    @Override
    public void process(Record<byte[], Incoming> record) {
        gatewayHorizon.await();
        if (record.value() instanceof Incoming.Event event) {
            arrived(event.candidate());
        } else if (record.value() instanceof Incoming.Raw raw) {
            consentFacts
                    .read(context, record, raw.value())
                    .ifPresent(fact -> consented((Fact.Consented) fact, Origins.of(context, record)));
        } else if (record.value() instanceof Incoming.Gateway gateway) {
            gatewayChanged(gateway.change());
        } else {
            throw new IllegalArgumentException("neither an event nor a fact");
        }
    }

    private void arrived(Candidate candidate) {
        Origin origin = Origins.toModel(candidate.getOrigin());
        boolean hold = !revisits.isEmpty();
        recent.lookback().advance(candidate.getLane(), candidate.getStreamTime(), hold);
        var decoded = decoder.decode(Bytes.of(candidate.getValue()), origin);
        if (hold && recent.find(decoded.event()).isPresent()) {
            revisits.catchUp(RecentCandidates.key(decoded.event()));
        }
        Arrival arrival = new Arrival(
                candidate,
                origin,
                decoded.event(),
                decoded.avro(),
                recent.find(decoded.event()).orElse(null));
        if (candidate.getStage() == Stage.FIRST) {
            first(arrival);
        } else {
            again(arrival);
        }
    }

    /** @param known what is remembered under the event's id, null if nothing is */
    private record Arrival(
            Candidate candidate,
            Origin origin,
            AccessEvent event,
            eu.cloverwatch.v1.AccessEvent avro,
            @Nullable RecentCandidate known) {

        boolean idIsTaken() {
            return known != null && known.getTakesId();
        }

        boolean isKnown() {
            return known != null && known.getEvent().equals(avro);
        }

        /** What is to be remembered; what was published under the id stays with it. */
        RecentCandidate toRemember() {
            return RecentCandidate.newBuilder()
                    .setOrigin(known != null && isKnown() ? known.getOrigin() : candidate.getOrigin())
                    .setLane(known != null && isKnown() ? known.getLane() : candidate.getLane())
                    .setEvent(avro)
                    .setLocationState(candidate.getLocationState())
                    .setLocation(candidate.getLocation())
                    .setPublished(known == null ? null : known.getPublished())
                    .setTakesId(false)
                    .build();
        }
    }

    private void first(Arrival arrival) {
        RecentCandidate candidate = arrival.toRemember();
        Judgement judgement = judgement(arrival.event(), candidate);
        if (judgement.outcome().isRemembered() && arrival.idIsTaken()) {
            if (arrival.isKnown()) {
                end(arrival, Outcome.DUPLICATE);
            } else {
                end(arrival, Outcome.REJECTED);
                reject(arrival);
            }
            return;
        }
        end(arrival, judgement.outcome());
        if (!arrival.idIsTaken()) {
            conclude(arrival.event(), candidate, judgement, null);
        }
    }

    /** It has its outcome already; what it comes to now is a revision. */
    private void again(Arrival arrival) {
        if (!recent.lookback()
                .covers(arrival.candidate().getLane(), arrival.event().occurredAt())) {
            lateFacts.add(Topic.EMPLOYEE_LOCATIONS, arrival.origin().toString());
        } else if (arrival.isKnown() || !arrival.idIsTaken()) {
            RecentCandidate candidate = arrival.toRemember();
            conclude(
                    arrival.event(),
                    candidate,
                    judgement(arrival.event(), candidate),
                    arrival.candidate().getCause());
        } else if (arrival.candidate().getStage() == Stage.FOUND) {
            reject(arrival);
        }
    }

    private void end(Arrival arrival, Outcome outcome) {
        outcomes.add(arrival.candidate(), outcome);
        pending.wake();
    }

    private void reject(Arrival arrival) {
        context.forward(Rejects.of(
                Bytes.ofNullable(arrival.candidate().getKey()),
                Bytes.of(arrival.candidate().getValue()),
                arrival.origin(),
                "event_id: expected a new id, this one was used by an event with other content",
                context.currentSystemTimeMs()));
    }

    private Judgement judgement(AccessEvent event, RecentCandidate candidate) {
        Instant t = event.occurredAt();
        SubjectId subject = event.subject().id();
        AccessEvent.GatewayUse use = event.gateway();
        Lookup<SubjectConsent> consent = subject == null ? Lookup.absent() : consents.asOf(subject.value(), t);
        Lookup<GatewayApproval> gateway = use == null ? Lookup.absent() : facts.gateway(use.id(), t);
        return Flow.of(
                        event,
                        facts.policy(t),
                        LocationFormat.answer(candidate.getLocationState(), candidate.getLocation()))
                .conclude(consent, gateway);
    }

    /** Publishes what the judgement changes, and remembers the candidate. */
    private void conclude(AccessEvent event, RecentCandidate candidate, Judgement judgement, @Nullable String cause) {
        revise(event, candidate, judgement, cause);
        if (canChange(candidate, judgement)) {
            recent.remember(event, candidate);
        } else {
            recent.forget(event);
        }
    }

    /** Publishes what the judgement changes. Returns whether that is to be remembered of the candidate. */
    private boolean revise(AccessEvent event, RecentCandidate candidate, Judgement judgement, @Nullable String cause) {
        Origin origin = Origins.toModel(candidate.getOrigin());
        Optional<Violation> next = revisions.next(candidate.getPublished(), event, judgement, origin, cause, now());
        next.ifPresent(violation -> {
            publication.publish(violation);
            candidate.setPublished(violation);
        });
        boolean tookId = candidate.getTakesId();
        candidate.setTakesId(judgement.outcome().isRemembered());
        return next.isPresent() || tookId != candidate.getTakesId();
    }

    /** What stays inside whatever the subject's record says need not be kept, unless something else was said before. */
    private static boolean canChange(RecentCandidate candidate, Judgement judgement) {
        return candidate.getTakesId()
                || candidate.getPublished() != null
                || judgement.outcome() == Outcome.OUT_OF_SCOPE;
    }

    private void consented(Fact.Consented fact, Origin origin) {
        if (recent.lookback().isExceededBy(fact.version().effectiveFrom())) {
            lateFacts.add(Topic.CONSENTS, origin);
        }
        Optional<Span> answered = consents.add(fact.subjectId(), fact.version(), origin.timestamp(), now());
        if (answered.isPresent()) {
            String pseudonym = settings.pseudonyms().of(new SubjectId(fact.subjectId()));
            revisit(List.of(ConcernedCandidates.by(fact.subjectId(), pseudonym, answered.get())));
        }
    }

    private void gatewayChanged(GatewayChange change) {
        gatewayHorizon.advance(change.getPartition(), change.getOffset());
        if (recent.lookback().isExceededBy(change.getEffectiveFrom())) {
            lateFacts.add(
                    Topic.GATEWAYS,
                    settings.name(Topic.GATEWAYS) + "-" + change.getPartition() + "@" + change.getOffset());
        }
        revisit(ConcernedCandidates.by(change, recent.lookback().lanesSince(change.getEffectiveFrom())));
    }

    private void revisit(List<Revisit> ofOneFact) {
        revisits.add(ofOneFact);
        if (!revisits.isEmpty()) {
            pending.wake();
        }
    }

    private void visit(byte[] key, Revisit revisit) {
        RecentCandidate candidate = recent.find(key).orElse(null);
        if (candidate == null) {
            return;
        }
        AccessEvent event = ModelRecords.accessEvent(candidate.getEvent());
        Span span = new Span(revisit.getSince(), revisit.getUntil());
        if (span.contains(event.occurredAt()) && isConcerned(event, revisit.getGatewayId())) {
            // Most facts change few of the events that they concern: the others are not written again.
            if (revise(event, candidate, judgement(event, candidate), revisit.getCause())) {
                recent.update(key, candidate);
            }
        }
    }

    private static boolean isConcerned(AccessEvent event, @Nullable String gatewayId) {
        return gatewayId == null
                || (event.gateway() != null && event.gateway().id().equals(gatewayId));
    }
}
