package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.IncidentStatus;
import eu.cloverwatch.wire.ocsf.Activity;
import eu.cloverwatch.wire.ocsf.IncidentFinding;
import eu.cloverwatch.wire.ocsf.Product;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Groups what each actor did into incidents, publishes each a moment after it changed, closes it when for as long as the gap
 * nothing has changed, and forgets it when the look-back has passed its violations.
 */
final class GroupIncidents implements Processor<byte[], IncidentChange, byte[], Routed> {

    /** How long an incident that has changed gathers more before it is published. */
    static final Duration GATHERING = Duration.ofSeconds(1);

    private static final int MAX_AT_ONCE = 10_000;
    private static final byte[] NOTHING = new byte[0];

    private final TopologySettings settings;
    private final Product product;
    private ProcessorContext<byte[], Routed> context;
    private KeyValueStore<byte[], IncidentState> incidents;
    private KeyValueStore<byte[], byte[]> unpublished;
    private IncidentMembers members;
    private IncidentSessions sessions;
    private Timers timers;
    private WhilePending pending;
    private WhilePending closing;
    private boolean isAllClosed;

    /** How many incidents may still be closed, and violations forgotten, before that is committed. */
    private int room;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    GroupIncidents(TopologySettings settings) {
        this.settings = settings;
        this.product = Product.ofThisBuild(CloudEvents.source(settings.applicationId()));
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.incidents = context.getStateStore(StateStores.INCIDENTS);
        this.unpublished = context.getStateStore(StateStores.UNPUBLISHED_INCIDENTS);
        this.members = new IncidentMembers(
                context.getStateStore(StateStores.INCIDENT_MEMBERS),
                context.getStateStore(StateStores.INCIDENT_SUBJECTS));
        this.sessions = new IncidentSessions(
                members,
                new IncidentCuts(members, IncidentCuts.MAX_COUNTED),
                incidents,
                settings.incidentGap(),
                new Unpublished());
        this.timers = new Timers(context.getStateStore(StateStores.INCIDENT_TIMERS));
        this.pending = new WhilePending(context, GATHERING, this::publishChanged, () -> !isAnyUnpublished());
        pending.wake();
        this.closing = new WhilePending(context, FlowTopology.SOON, this::closeDue, () -> isAllClosed);
        context.schedule(FlowTopology.NOW_AND_THEN, PunctuationType.WALL_CLOCK_TIME, now -> {
            closeDue();
            if (!isAllClosed) {
                closing.wake();
            }
        });
    }

    @Override
    public void process(Record<byte[], IncidentChange> record) {
        sessions.apply(record.value(), now());
    }

    /** Remembers, in the transaction of the change itself, what is still to be published. */
    private final class Unpublished implements IncidentSessions.Changes {

        @Override
        public void changed(byte[] key) {
            if (unpublished.get(key) == null) {
                unpublished.put(key, NOTHING);
            }
            pending.wake();
        }

        @Override
        public void settled(byte[] key, IncidentState incident) {
            if (incident.getSettled() == incident.getViolations()) {
                timers.add(now(), key);
            }
        }

        @Override
        public void left(byte[] key) {
            if (unpublished.get(key) != null) {
                unpublished.delete(key);
            }
        }

        /** Nothing more can come to it; one that nobody has heard of needs no end. */
        @Override
        public void ended(IncidentState incident) {
            if (incident.getPublications() > 0) {
                incident.setClosed(true);
                publish(incident);
            }
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    private boolean isAnyUnpublished() {
        try (KeyValueIterator<byte[], byte[]> all = unpublished.all()) {
            return all.hasNext();
        }
    }

    private void publishChanged() {
        List<byte[]> keys = new ArrayList<>();
        try (KeyValueIterator<byte[], byte[]> all = unpublished.all()) {
            while (all.hasNext() && keys.size() < MAX_AT_ONCE) {
                keys.add(all.next().key);
            }
        }
        for (byte[] key : keys) {
            IncidentState incident = incidents.get(key);
            publish(incident);
            incidents.put(key, incident);
            timers.add(incident.getChangedAt().plus(settings.incidentGap()), key);
            unpublished.delete(key);
        }
    }

    private void closeDue() {
        room = MAX_AT_ONCE;
        // What had no room left was put off, and is due again.
        isAllClosed = timers.due(now(), () -> room > 0, this::due) && room > 0;
    }

    /** There is a timer for each publication; only that of the last one finds that nothing has changed since. */
    private void due(ByteBuffer what) {
        room--;
        byte[] key = Bytes.of(what);
        IncidentState incident = incidents.get(key);
        if (incident == null || unpublished.get(key) != null) {
            return;
        }
        if (!incident.getClosed()
                && !incident.getChangedAt().plus(settings.incidentGap()).isAfter(now())) {
            incident.setClosed(true);
            publish(incident);
            incidents.put(key, incident);
        }
        if (incident.getClosed() && incident.getSettled() == incident.getViolations()) {
            forget(key, incident);
        }
    }

    /** A portion, and the others when it is its turn again. */
    private void forget(byte[] key, IncidentState incident) {
        int atMost = room;
        int forgotten =
                members.forget(IncidentSessions.actor(incident), incident.getFirstAt(), incident.getLastAt(), atMost);
        room -= forgotten;
        if (forgotten < atMost) {
            incidents.delete(key);
        } else {
            timers.add(now(), key);
        }
    }

    private void publish(IncidentState state) {
        Incident incident = IncidentCounts.published(state);
        byte[] key = incident.getIncidentId().getBytes(StandardCharsets.UTF_8);
        long now = context.currentSystemTimeMs();
        context.forward(new Record<>(key, new Routed.Grouped(incident), now));
        byte[] json = IncidentFinding.of(
                incident,
                state.getActorType(),
                activity(state, incident),
                state.getPublications(),
                state.getCreatedAt(),
                now(),
                product);
        context.forward(new Record<>(key, new Routed.Reported(json), now, CloudEvents.json()));
        state.setPublications(state.getPublications() + 1);
    }

    private static Activity activity(IncidentState state, Incident incident) {
        if (incident.getStatus() == IncidentStatus.CLOSED) {
            return Activity.CLOSE;
        }
        return state.getPublications() == 0 ? Activity.CREATE : Activity.UPDATE;
    }
}
