package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.LedgerHead;
import eu.cloverwatch.internal.v1.OpenEpoch;
import eu.cloverwatch.internal.v1.OutcomeDelta;
import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.AvroRecords;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The book of one source partition. An epoch is published when all its records have an outcome, and in the order of offsets; see
 * docs/adr/0008. Has nothing in memory: two processors of the partition use it.
 */
final class Ledger {

    /** Header of an epoch of which more records are to come. */
    static final String PARTIAL = "cloverwatch.ledger.partial";

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final String HEAD = "head";
    private static final long NEVER = -1;

    private final ProcessorContext<byte[], Routed> context;
    private final KeyValueStore<Long, OpenEpoch> epochs;
    private final KeyValueStore<Long, Outcomes> elsewhere;
    private final KeyValueStore<String, LedgerHead> heads;
    private final TopologySettings settings;
    private final String topic;
    private final int partition;
    private Instant warnedAt = Instant.EPOCH;

    Ledger(ProcessorContext<byte[], Routed> context, TopologySettings settings) {
        this.context = context;
        this.epochs = context.getStateStore(StateStores.OPEN_EPOCHS);
        this.elsewhere = context.getStateStore(StateStores.OUTCOMES_ELSEWHERE);
        this.heads = context.getStateStore(StateStores.LEDGER);
        this.settings = settings;
        this.topic = settings.name(Topic.ACCESS_EVENTS);
        this.partition = context.taskId().partition();
    }

    private LedgerHead head() {
        LedgerHead head = heads.get(HEAD);
        return head == null ? new LedgerHead(0L, AvroRecords.NOTHING, OutcomeNumbers.none(), NEVER) : head;
    }

    /** End of the last full epoch that was published, exclusive. */
    long publishedTo() {
        return head().getEnd();
    }

    /** Adds outcomes of events that ended elsewhere. */
    void add(OutcomeDelta delta) {
        if (epochs.get(delta.getEpoch()) == null) {
            throw new IllegalStateException("outcomes came for the epoch at " + delta.getEpoch() + " of " + topic + "-"
                    + partition + ", which is closed");
        }
        Outcomes outcomes = elsewhere(delta.getEpoch());
        OutcomeNumbers.add(outcomes, delta.getOutcomes());
        elsewhere.put(delta.getEpoch(), outcomes);
    }

    private Outcomes elsewhere(long epoch) {
        Outcomes outcomes = elsewhere.get(epoch);
        return outcomes == null ? OutcomeNumbers.none() : outcomes;
    }

    private Outcomes outcomes(KeyValue<Long, OpenEpoch> epoch) {
        Outcomes outcomes = elsewhere(epoch.key);
        OutcomeNumbers.add(outcomes, epoch.value.getOutcomes());
        return outcomes;
    }

    private long withoutOutcome(KeyValue<Long, OpenEpoch> epoch) {
        return epoch.value.getRecords() - OutcomeNumbers.sum(outcomes(epoch));
    }

    /** Publishes the epochs that have ended and are complete, up to the first that is not. */
    void publishEnded() {
        KeyValue<Long, OpenEpoch> first = first();
        while (first != null && first.value.getEnded() && withoutOutcome(first) == 0) {
            LedgerHead head = head();
            LedgerEpoch epoch = publish(first, first.value.getEnd() - 1, head, new RecordHeaders());
            OutcomeNumbers.add(head.getOutcomes(), outcomes(first));
            // In this order: who looks at the stores meanwhile, heads first, counts an epoch never twice.
            epochs.delete(first.key);
            elsewhere.delete(first.key);
            heads.put(
                    HEAD,
                    new LedgerHead(first.value.getEnd(), epoch.getRoot(), head.getOutcomes(), head.getPartialTo()));
            first = first();
        }
    }

    /** The oldest epoch that is not published. */
    private @Nullable KeyValue<Long, OpenEpoch> first() {
        try (KeyValueIterator<Long, OpenEpoch> all = epochs.all()) {
            return all.hasNext() ? all.next() : null;
        }
    }

    private LedgerEpoch publish(KeyValue<Long, OpenEpoch> open, long lastOffset, LedgerHead head, Headers headers) {
        Map<String, Long> outcomes = new TreeMap<>();
        OutcomeNumbers.all(outcomes(open)).forEach((outcome, count) -> outcomes.put(outcome.name(), count));
        LedgerEpoch epoch = LedgerEpoch.newBuilder()
                .setTopic(topic)
                .setPartition(partition)
                .setFirstOffset(open.key)
                .setLastOffset(lastOffset)
                .setRecords(open.value.getRecords())
                .setOutcomes(outcomes)
                .setRoot(ByteBuffer.wrap(OpenEpochs.tree(open.value).root()))
                .setPreviousRoot(head.getPreviousRoot())
                .setClosedAt(Instant.ofEpochMilli(context.currentSystemTimeMs()))
                .build();
        byte[] key = (topic + "-" + partition).getBytes(StandardCharsets.UTF_8);
        context.forward(new Record<>(key, new Routed.Closed(epoch), context.currentSystemTimeMs(), headers));
        return epoch;
    }

    /** Publishes a partial epoch if the partition has been idle for long, and warns if records have no outcome for long. */
    void tick(Instant now, OutcomeDelays delays) {
        delays.clear(partition);
        KeyValue<Long, OpenEpoch> first = first();
        if (first == null) {
            return;
        }
        Duration since = Duration.between(first.value.getReadAt(), now);
        if (withoutOutcome(first) > 0) {
            delays.set(partition, first.value.getReadAt());
            if (since.compareTo(settings.ledgerOverdue()) >= 0) {
                warn(first, now);
            }
        } else if (since.compareTo(settings.ledgerIdle()) >= 0 && !isPublished(first)) {
            LedgerHead head = head();
            Headers partial = new RecordHeaders().add(PARTIAL, "true".getBytes(StandardCharsets.UTF_8));
            publish(first, first.value.getLastOffset(), head, partial);
            head.setPartialTo(first.value.getLastOffset());
            heads.put(HEAD, head);
        }
    }

    private void warn(KeyValue<Long, OpenEpoch> epoch, Instant now) {
        if (Duration.between(warnedAt, now).compareTo(settings.ledgerOverdue()) >= 0) {
            warnedAt = now;
            log.warn(
                    "blind: {} of the {} records of {}-{} from offset {} on, the last read at {}, have no outcome",
                    withoutOutcome(epoch),
                    epoch.value.getRecords(),
                    topic,
                    partition,
                    epoch.key,
                    epoch.value.getReadAt());
        }
    }

    private boolean isPublished(KeyValue<Long, OpenEpoch> epoch) {
        return head().getPartialTo() == epoch.value.getLastOffset();
    }

    /** Whether time alone changes nothing any more. */
    boolean isSettled() {
        KeyValue<Long, OpenEpoch> first = first();
        return first == null || (withoutOutcome(first) == 0 && isPublished(first));
    }
}
