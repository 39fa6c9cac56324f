package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.audit.replay.Replayed.Rejected;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordTime;
import eu.cloverwatch.wire.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the topics of facts from their beginnings, and keeps count of what was read. */
final class FactsRead {

    /** Of several partitions: as good an order of arrival as there is. */
    private static final Comparator<ConsumerRecord<byte[], byte[]>> ARRIVAL =
            Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(record -> RecordTime.ms(record.timestamp()))
                    .thenComparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset);

    private final TopicReader reader;
    private final TopicRecords records;
    private final LongConsumer progress;
    private final List<Input> inputs = new ArrayList<>();
    private final List<Rejects> rejects = new ArrayList<>();

    FactsRead(TopicReader reader, TopicRecords records, LongConsumer progress) {
        this.reader = reader;
        this.records = records;
        this.progress = progress;
    }

    List<Input> inputs() {
        return inputs;
    }

    List<Rejected> rejected() {
        return rejects.stream().flatMap(some -> some.listed().stream()).toList();
    }

    Map<String, Long> reasons() {
        return Rejects.reasons(rejects.stream());
    }

    /** Policies of several partitions can tie; all are sorted before any is added. */
    void policies(List<Range> ranges, NaiveFacts policies) {
        record Found(ConsumerRecord<byte[], byte[]> record, TopicRecords.Published published) {}
        List<Found> all = new ArrayList<>();
        read(ranges, range -> record -> {
            Found found = new Found(record, records.policy(record));
            synchronized (all) {
                all.add(found);
            }
        });
        all.sort(Comparator.comparing(Found::record, ARRIVAL));
        all.forEach(found ->
                policies.add(found.published().policy(), found.published().recordedAt()));
    }

    /** Locations or gateways; all of one key are in one partition, and in its order. */
    void timelines(Topic topic, List<Range> ranges, NaiveFacts facts) {
        read(ranges, range -> record -> {
            Arrival fact = records.fact(topic, record, ranges.size());
            synchronized (facts) {
                facts.add(fact);
            }
        });
    }

    /** Consents of subjects that occur, into buckets. */
    void consents(List<Range> ranges, Occurring subjects, Buckets consents) {
        sinks(ranges, range -> {
            Buckets.Writer writer = consents.writer();
            return new FactSink(
                    range,
                    record -> {
                        byte[] key = record.key();
                        if (key == null || subjects.mayContain(key)) {
                            consent(record, ranges.size(), writer);
                        }
                    },
                    writer::finish);
        });
    }

    /** Decoded to know that it is valid, and kept as it was: it may be one of millions. */
    private void consent(ConsumerRecord<byte[], byte[]> record, int partitions, Buckets.Writer writer) {
        NaiveFacts.check(records.fact(Topic.CONSENTS, record, partitions));
        writer.append(
                Buckets.of(record.key()),
                new SpilledConsent(RecordTime.of(record.timestamp()), record.key(), record.value()).toBytes());
    }

    private void read(List<Range> ranges, Function<Range, Consumer<ConsumerRecord<byte[], byte[]>>> facts) {
        sinks(ranges, range -> new FactSink(range, facts.apply(range), () -> {}));
    }

    private void sinks(List<Range> ranges, Function<Range, FactSink> sinks) {
        for (FactSink sink : reader.read(ranges, sinks, progress)) {
            inputs.add(sink.input());
            rejects.add(sink.rejects());
        }
    }
}
