package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One partition of the ledger topic. */
final class LedgerSink implements TopicReader.Sink {

    private static final String PARTIAL = "cloverwatch.ledger.partial";

    private final RecordSerde serde;
    private final TopicReader.Range range;
    private final String topic;
    private final List<Epoch> epochs = new ArrayList<>();
    private final List<Difference> foreign = new ArrayList<>();

    /** @param topic whose epochs are wanted */
    LedgerSink(RecordSerde serde, TopicReader.Range range, String topic) {
        this.serde = serde;
        this.range = range;
        this.topic = topic;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        String place = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (record.value() == null) {
            foreign(place, "a tombstone");
            return;
        }
        try {
            LedgerEpoch epoch =
                    (LedgerEpoch) serde.deserialize(record.topic(), record.value(), LedgerEpoch.getClassSchema());
            Header partial = record.headers().lastHeader(PARTIAL);
            if (epoch.getTopic().equals(topic)) {
                epochs.add(new Epoch(
                        epoch,
                        partial != null && new String(partial.value(), StandardCharsets.UTF_8).equals("true"),
                        place));
            }
        } catch (UnreadableRecordException e) {
            foreign(place, "a record that is none: " + e.getMessage());
        }
    }

    /** The monitor writes nothing but epochs. */
    private void foreign(String place, String found) {
        foreign.add(new Difference(
                Difference.Kind.LEDGER, place, "the record", "an epoch", found, "written by somebody else"));
    }

    TopicReader.Range range() {
        return range;
    }

    /** In the order in which they were published. */
    List<Epoch> epochs() {
        return epochs;
    }

    /** Records that no monitor writes. */
    List<Difference> foreign() {
        return foreign;
    }

    /** Whether retention has taken the first records. */
    boolean isShortened() {
        return range.beginning() > 0;
    }
}
