package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.LocationTimeline;
import eu.cloverwatch.internal.v1.RecentAccess;
import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.internal.v1.Stage;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Timeline.Span;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Knows where the persons of its partition are and were: settles their accesses as far as that can, sends on the rest to the
 * subject, and again when a location that comes late answers differently.
 */
final class WatchActor implements Processor<byte[], Incoming, byte[], Routed> {

    private final TopologySettings settings;
    private final AccessEventDecoder decoder;
    private final PartitionedFacts locationFacts;
    private final BroadcastFacts facts;
    private final LateFacts lateFacts;
    private ProcessorContext<byte[], Routed> context;
    private Timelines<EmployeeLocation, LocationTimeline> locations;
    private RecentAccesses recent;
    private Revisits revisits;
    private PendingOutcomes outcomes;
    private WhilePending pending;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    WatchActor(
            TopologySettings settings,
            AccessEventDecoder decoder,
            PartitionedFacts locationFacts,
            BroadcastFacts facts,
            LateFacts lateFacts) {
        this.settings = settings;
        this.decoder = decoder;
        this.locationFacts = locationFacts;
        this.facts = facts;
        this.lateFacts = lateFacts;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.locations = new Timelines<>(
                context.getStateStore(StateStores.LOCATIONS),
                new Expiries(context.getStateStore(StateStores.LOCATION_EXPIRIES)),
                new LocationFormat(),
                settings.historyHorizon(),
                null);
        this.recent = new RecentAccesses(context, settings);
        this.revisits = new Revisits(
                context.getStateStore(StateStores.ACTOR_REVISITS), recent, this::visit, settings.revisitPortion());
        this.outcomes = new PendingOutcomes(context.getStateStore(StateStores.ACTOR_OUTCOMES));
        this.pending = new WhilePending(context, FlowTopology.SOON, this::proceed, this::isDone);
        pending.wake();
        context.schedule(
                FlowTopology.NOW_AND_THEN,
                PunctuationType.WALL_CLOCK_TIME,
                now -> locations.expire(Instant.ofEpochMilli(now)));
    }

    private void proceed() {
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
        if (record.value() instanceof Incoming.Event event) {
            accessed(event.candidate());
        } else if (record.value() instanceof Incoming.Raw raw) {
            locationFacts
                    .read(context, record, raw.value())
                    .ifPresent(fact -> located((Fact.Located) fact, Origins.of(context, record)));
        } else {
            throw new IllegalArgumentException("neither an access nor a location");
        }
    }

    private void accessed(Candidate candidate) {
        Origin origin = Origins.toModel(candidate.getOrigin());
        boolean hold = !revisits.isEmpty();
        // The subject must not be ahead, and forget what is sent on again from here.
        candidate.setStreamTime(recent.lookback().advance(origin.partition(), candidate.getStreamTime(), hold));
        candidate.setLane(lane(origin));
        AccessEvent event =
                decoder.decode(Bytes.of(candidate.getValue()), origin).event();
        if (hold) {
            // Should it be one that was sent before, what facts have changed of that goes first.
            recent.keys(event).forEach(revisits::catchUp);
        }
        Optional<Outcome> settled = look(event, candidate);
        if (settled.isPresent()) {
            outcomes.add(candidate, settled.get());
            pending.wake();
        } else {
            send(event, candidate);
        }
        recent.remember(event, new RecentAccess(candidate, settled.isEmpty()));
    }

    /** Of its own for each partition of actors: they are at different speeds. Services have the numbers below. */
    private int lane(Origin origin) {
        int sources = settings.partitions(Topic.ACCESS_EVENTS);
        return origin.partition() + sources * (1 + context.taskId().partition());
    }

    /** Writes where the actor was into the event. Returns the outcome if that settles it. */
    private Optional<Outcome> look(AccessEvent event, Candidate candidate) {
        Lookup<EmployeeLocation> location = locations.asOf(event.actor().id(), event.occurredAt());
        LocationFormat.setAnswer(candidate, location);
        return Flow.of(event, facts.policy(event.occurredAt()), location).settled();
    }

    private void send(AccessEvent event, Candidate candidate) {
        context.forward(Candidates.record(Candidates.subjectKey(event), new Routed.ToSubject(candidate)));
    }

    private void located(Fact.Located fact, Origin origin) {
        if (recent.lookback().isExceededBy(fact.version().effectiveFrom())) {
            lateFacts.add(Topic.EMPLOYEE_LOCATIONS, origin);
        }
        Optional<Span> answered = locations.add(
                fact.employeeId(),
                fact.version(),
                origin.timestamp(),
                Instant.ofEpochMilli(context.currentSystemTimeMs()));
        if (answered.isPresent()) {
            revisits.add(List.of(revisit(fact, answered.get())));
            if (!revisits.isEmpty()) {
                pending.wake();
            }
        }
    }

    private static Revisit revisit(Fact.Located fact, Span span) {
        return Revisit.newBuilder()
                .setIndex(RevisitIndex.BY_KEY)
                .setFrom(ByteBuffer.wrap(RecentAccesses.firstKey(fact.employeeId(), span)))
                .setTo(ByteBuffer.wrap(RecentAccesses.lastKey(fact.employeeId(), span)))
                .setCause(Causes.of(Topic.EMPLOYEE_LOCATIONS, fact.employeeId(), span.from()))
                .setSince(span.from())
                .setUntil(span.until())
                .build();
    }

    private void visit(byte[] key, Revisit revisit) {
        RecentAccess access = recent.find(key).orElse(null);
        if (access == null) {
            return;
        }
        Candidate before = access.getCandidate();
        Origin origin = Origins.toModel(before.getOrigin());
        AccessEvent event = decoder.decode(Bytes.of(before.getValue()), origin).event();
        Candidate now = Candidate.newBuilder(before).build();
        Optional<Outcome> settled = look(event, now);
        if (now.equals(before)
                || (settled.isPresent() && !access.getSent())
                || !recent.lookback().covers(origin.partition(), event.occurredAt())) {
            return;
        }
        recent.update(key, new RecentAccess(now, true));
        send(event, again(now, access.getSent(), revisit.getCause()));
    }

    private static Candidate again(Candidate candidate, boolean wasSent, @Nullable String cause) {
        return Candidate.newBuilder(candidate)
                .setStage(wasSent ? Stage.AGAIN : Stage.FOUND)
                .setCause(cause)
                .build();
    }
}
