package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.internal.v1.Stage;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.wire.LedgerLeaf;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads every access event, settles what the policy alone settles, and sends on the rest: accesses by persons to their actor,
 * those by services to their subject. Enters every record into the ledger.
 */
final class JudgeFlow implements Processor<byte[], byte[], byte[], Routed> {

    /** Epoch of an event that was read, and counted, before. */
    static final long NOT_COUNTED = -1;

    private static final Logger log = LoggerFactory.getLogger(JudgeFlow.class);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final TopologySettings settings;
    private final AccessEventDecoder decoder;
    private final BroadcastFacts facts;
    private final OutcomeDelays delays;
    private ProcessorContext<byte[], Routed> context;
    private Ledger ledger;
    private OpenEpochs epochs;
    private WhilePending ticks;

    /** Starts anew with the task, also after an abort. To be behind forgets nothing too early; to be ahead would. */
    private Instant streamTime = Instant.MIN;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    JudgeFlow(TopologySettings settings, AccessEventDecoder decoder, BroadcastFacts facts, OutcomeDelays delays) {
        this.settings = settings;
        this.delays = delays;
        this.decoder = decoder;
        this.facts = facts;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.context = context;
        this.streamTime = Instant.MIN;
        this.ledger = new Ledger(context, settings);
        this.epochs = new OpenEpochs(
                context.getStateStore(StateStores.OPEN_EPOCHS), ledger.publishedTo(), settings.epochRecords());
        this.ticks = new WhilePending(context, TICK, () -> ledger.tick(now(), delays), ledger::isSettled);
        ticks.wake();
    }

    private Instant now() {
        return Instant.ofEpochMilli(context.currentSystemTimeMs());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Origin origin = Origins.of(context, record);
        if (epochs.hasCounted(origin.offset())) {
            log.warn("{} was read again; the ledger has it already", origin);
            judge(record, origin, NOT_COUNTED);
            return;
        }
        Outcome outcome = judge(record, origin, epochs.advance(origin.offset())).orElse(null);
        byte[] leaf = LedgerLeaf.of(record.key(), record.value(), record.timestamp(), origin.offset());
        if (epochs.count(origin.offset(), leaf, outcome, now())) {
            ledger.publishEnded();
        }
        ticks.wake();
    }

    /** Empty if the outcome is still to come. */
    private Optional<Outcome> judge(Record<byte[], byte[]> record, Origin origin, long epoch) {
        try {
            Rejects.refuseTooLarge(record.key(), record.value());
            AccessEvent event = decoder.decode(record.value(), origin).event();
            Instant t = event.occurredAt();
            streamTime = t.isAfter(streamTime) ? t : streamTime;
            // Without a location, what a person's location can change is never settled.
            Optional<Outcome> settled =
                    Flow.of(event, facts.policy(t), Lookup.absent()).settled();
            if (settled.isEmpty()) {
                send(event, candidate(record, origin, epoch));
            }
            return settled;
        } catch (UnreadableRecordException | InvalidRecordException e) {
            context.forward(
                    Rejects.of(record.key(), record.value(), origin, e.getMessage(), context.currentSystemTimeMs()));
            return Optional.of(Outcome.REJECTED);
        }
    }

    private void send(AccessEvent event, Candidate candidate) {
        context.forward(
                event.actor().isPerson()
                        ? Candidates.record(
                                event.actor().id().getBytes(StandardCharsets.UTF_8), new Routed.ToActor(candidate))
                        : Candidates.record(Candidates.subjectKey(event), new Routed.ToSubject(candidate)));
    }

    private Candidate candidate(Record<byte[], byte[]> record, Origin origin, long epoch) {
        return Candidate.newBuilder()
                .setOrigin(Origins.toAvro(origin))
                .setLane(origin.partition())
                .setEpoch(epoch)
                .setStreamTime(streamTime)
                .setKey(Bytes.wrap(record.key()))
                .setValue(ByteBuffer.wrap(record.value()))
                .setStage(Stage.FIRST)
                .setLocationState(LookupState.ABSENT)
                .build();
    }

    @Override
    public void close() {
        delays.clear(context.taskId().partition());
    }
}
