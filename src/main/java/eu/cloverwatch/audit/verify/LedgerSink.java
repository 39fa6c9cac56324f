package eu.cloverwatch.audit.verify;

import eu.cloverwatch.audit.replay.TopicReader;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.RecordSerde;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** One partition of the ledger topic. */
final class LedgerSink implements TopicReader.Sink {

    private static final String PARTIAL = "cloverwatch.ledger.partial";

    private final RecordSerde serde;
    private final List<Epoch> epochs = new ArrayList<>();

    LedgerSink(RecordSerde serde) {
        this.serde = serde;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return;
        }
        LedgerEpoch epoch =
                (LedgerEpoch) serde.deserialize(record.topic(), record.value(), LedgerEpoch.getClassSchema());
        Header partial = record.headers().lastHeader(PARTIAL);
        epochs.add(new Epoch(
                epoch,
                partial != null && new String(partial.value(), StandardCharsets.UTF_8).equals("true"),
                record.topic() + "-" + record.partition() + "@" + record.offset()));
    }

    /**
     * The epochs that stand, by source partition and first offset: full ones, and where there is none the last partial one.
     *
     * @param topic that they are about
     */
    static Map<Integer, TreeMap<Long, Epoch>> standing(Collection<LedgerSink> ledger, String topic) {
        Map<Integer, TreeMap<Long, Epoch>> standing = new HashMap<>();
        ledger.stream()
                .flatMap(partition -> partition.epochs.stream())
                .filter(epoch -> epoch.record().getTopic().equals(topic))
                .forEach(epoch -> standing.computeIfAbsent(epoch.record().getPartition(), partition -> new TreeMap<>())
                        .merge(epoch.first(), epoch, (a, b) -> b.partial() && !a.partial() ? a : b));
        return standing;
    }
}
