package eu.cloverwatch.runtime;

import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What stands in the ledger topic, compared with the records that it accounts for. */
public final class PublishedLedger {

    private static final String PARTIAL = "cloverwatch.ledger.partial";
    private static final Set<String> OUTCOMES =
            Arrays.stream(Outcome.values()).map(Outcome::name).collect(Collectors.toSet());

    private final Map<Integer, List<Entry>> entries = new TreeMap<>();
    private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> source = new TreeMap<>();
    private final long epochRecords;

    /** A record of the ledger topic. */
    public record Entry(@Nullable String key, LedgerEpoch epoch, boolean partial) {}

    /**
     * @param entries all of them, in the order of each partition
     * @param source the records of the topic that is accounted for, in the order of each partition
     * @param epochRecords offsets of an epoch
     */
    public PublishedLedger(
            Collection<Entry> entries, Collection<ConsumerRecord<byte[], byte[]>> source, long epochRecords) {
        this.epochRecords = epochRecords;
        source.forEach(record -> this.source
                .computeIfAbsent(record.partition(), partition -> new ArrayList<>())
                .add(record));
        entries.forEach(entry -> this.entries
                .computeIfAbsent(entry.epoch().getPartition(), partition -> new ArrayList<>())
                .add(entry));
    }

    /** Reads both topics to their ends: what is committed. */
    public static PublishedLedger read(Deployment deployment, long epochRecords) {
        String topic = deployment.topic(Topic.LEDGER);
        List<Entry> entries = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : deployment.records(Topic.LEDGER)) {
            LedgerEpoch epoch =
                    (LedgerEpoch) deployment.serde().deserialize(topic, record.value(), LedgerEpoch.getClassSchema());
            Header partial = record.headers().lastHeader(PARTIAL);
            entries.add(new Entry(
                    record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8),
                    epoch,
                    partial != null && Arrays.equals(partial.value(), "true".getBytes(StandardCharsets.UTF_8))));
        }
        return new PublishedLedger(entries, deployment.records(Topic.ACCESS_EVENTS), epochRecords);
    }

    /** Number of full epochs. */
    public long fullEpochs() {
        return entries.values().stream()
                .flatMap(List::stream)
                .filter(entry -> !entry.partial())
                .count();
    }

    /** Number of records by outcome, all eight: of the full epochs, and of the last partial one where one is open. */
    public Map<Outcome, Long> outcomes() {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0L);
        }
        entries.values()
                .forEach(all -> valid(all)
                        .forEach(entry -> entry.epoch()
                                .getOutcomes()
                                .forEach((outcome, count) ->
                                        outcomes.merge(Outcome.valueOf(outcome), count, Long::sum))));
        return outcomes;
    }

    /** Whether every record is in a full epoch, or in the last partial one. */
    public boolean coversAll() {
        return source.entrySet().stream().allMatch(partition -> {
            List<Entry> valid = valid(entries.getOrDefault(partition.getKey(), List.of()));
            long last =
                    partition.getValue().get(partition.getValue().size() - 1).offset();
            return !valid.isEmpty() && valid.get(valid.size() - 1).epoch().getLastOffset() >= last;
        });
    }

    /** What is wrong, a line for each; empty if nothing is. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (!coversAll()) {
            problems.add("not every record is covered");
        }
        entries.forEach((partition, all) ->
                new LedgerPartition(source.getOrDefault(partition, List.of()), epochRecords, problems).verify(all));
        return problems;
    }

    /** The full epochs, and the last partial one unless it was replaced by a full one. */
    private static List<Entry> valid(List<Entry> all) {
        Set<Long> full = new HashSet<>();
        all.stream()
                .filter(entry -> !entry.partial())
                .forEach(entry -> full.add(entry.epoch().getFirstOffset()));
        List<Entry> valid = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Entry entry = all.get(i);
            boolean open = i == all.size() - 1 && !full.contains(entry.epoch().getFirstOffset());
            if (!entry.partial() || open) {
                valid.add(entry);
            }
        }
        return valid;
    }

    /** The leaf that a record is, by docs/adr/0008-ledger.md. */
    static byte[] leaf(ConsumerRecord<byte[], byte[]> record) {
        ByteBuffer numbers = ByteBuffer.allocate(16).putLong(record.timestamp()).putLong(record.offset());
        return Sha256.of(
                length(record.key()),
                record.key() == null ? new byte[0] : record.key(),
                length(record.value()),
                record.value() == null ? new byte[0] : record.value(),
                numbers.array());
    }

    private static byte[] length(byte @Nullable [] bytes) {
        return ByteBuffer.allocate(4).putInt(bytes == null ? -1 : bytes.length).array();
    }

    static boolean isOutcome(String name) {
        return OUTCOMES.contains(name);
    }
}
