package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.OutcomeDelta;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Enters into the ledger the outcomes of events that did not end where they were read. */
final class RecordOutcomes implements Processor<byte[], OutcomeDelta, byte[], Routed> {

    private final TopologySettings settings;
    private Ledger ledger;

    @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
    RecordOutcomes(TopologySettings settings) {
        this.settings = settings;
    }

    @Override
    public void init(ProcessorContext<byte[], Routed> context) {
        this.ledger = new Ledger(context, settings);
    }

    @Override
    public void process(Record<byte[], OutcomeDelta> record) {
        ledger.add(record.value());
        ledger.publishEnded();
    }
}
