package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.wire.AvroRecords;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Judges every access event as far as the policy and the actor's location can: what that settles is counted, the rest goes
 * on to its subject's partition.
 */
final class JudgeFlow implements Processor<byte[], byte[], byte[], Routed> {

    private final AccessEventDecoder decoder;
    private final BroadcastFacts facts;
    private ProcessorContext<byte[], Routed> context;
    private OutcomeCounts outcomes;

    /** Starts anew with the task, also after an abort. To be behind forgets nothing too early; to be ahead would. */
    private Instant streamTime = Instant.MIN;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JudgeFlow(AccessEventDecoder decoder, BroadcastFacts facts) {
        this.decoder = decoder;
        this.facts = facts;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.streamTime = Instant.MIN;
        this.outcomes = new OutcomeCounts(context.getStateStore(FlowTopology.FLOW_OUTCOMES));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = Origins.of(context, record);
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            judge(record, origin, decoder.decode(record.value(), origin).event());
        } catch (UnreadableRecordException | InvalidRecordException e) {
            outcomes.add(Outcome.REJECTED);
            context.forward(
                    Rejects.of(record.key(), record.value(), origin, e.getMessage(), context.currentSystemTimeMs()));
        }
    }

    private void judge(Record<byte[], byte[]> record, Origin origin, AccessEvent event) {
        Instant t = event.occurredAt();
        streamTime = t.isAfter(streamTime) ? t : streamTime;
        Lookup<EmployeeLocation> location =
                event.actor().isPerson() ? facts.location(event.actor().id(), t) : Lookup.absent();
        Optional<Outcome> settled = Flow.of(event, facts.policy(t), location).settled();
        if (settled.isPresent()) {
            outcomes.add(settled.get());
            return;
        }
        Routed candidate = new Routed.ToSubject(candidate(record, origin, location));
        // No headers: what producers put there is none of the monitor's business, and may be personal data.
        context.forward(new Record<>(subjectKey(event), candidate, record.timestamp()));
    }

    private Candidate candidate(Record<byte[], byte[]> record, Origin origin, Lookup<EmployeeLocation> location) {
        return Candidate.newBuilder()
                .setOrigin(Origins.toAvro(origin))
                .setStreamTime(streamTime)
                .setKey(Bytes.wrap(record.key()))
                .setValue(ByteBuffer.wrap(record.value()))
                .setLocationState(Locations.state(location))
                .setLocation(
                        location instanceof Lookup.Known<EmployeeLocation> known
                                ? AvroRecords.employeeLocation(known.value())
                                : null)
                .build();
    }

    /** The consents' key; a bulk access has no subject, and is spread by its own id. */
    private static byte[] subjectKey(AccessEvent event) {
        SubjectId subject = event.subject().id();
        return (subject == null ? event.eventId() : subject.value()).getBytes(StandardCharsets.UTF_8);
    }
}
