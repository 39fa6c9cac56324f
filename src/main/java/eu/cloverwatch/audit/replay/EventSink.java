package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.Admission;
import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.NaiveFacts.Revision;
import eu.cloverwatch.audit.replay.Comparison.Said;
import eu.cloverwatch.audit.replay.Replayed.Input;
import eu.cloverwatch.audit.replay.TopicReader.Range;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.wire.RecordTime;
import eu.cloverwatch.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The events of one partition: counts those that policy and location settle, and spills the others. */
final class EventSink implements TopicReader.Sink {

    private static final NaiveFacts NO_CONSENTS = new NaiveFacts();

    private final Range range;
    private final Judging judging;
    private final TopicRecords records;
    private final Buckets.Writer candidates;
    private final Occurring subjects;
    private final Tally tally = new Tally();
    private final InputRecords input = new InputRecords();
    private final Map<Revision, long[]> policies = new IdentityHashMap<>();
    private @Nullable Instant firstTimestamp;
    private Instant arrival = Instant.EPOCH;
    private Instant streamTime = Instant.MIN;

    EventSink(Range range, Judging judging, TopicRecords records, Buckets candidates, Occurring subjects) {
        this.range = range;
        this.judging = judging;
        this.records = records;
        this.candidates = candidates.writer();
        this.subjects = subjects;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        Instant timestamp = RecordTime.of(record.timestamp());
        firstTimestamp = firstTimestamp == null ? timestamp : firstTimestamp;
        arrival = timestamp.isAfter(arrival) ? timestamp : arrival;
        AccessEvent event;
        try {
            event = records.event(record).event();
        } catch (InvalidRecordException | UnreadableRecordException e) {
            reject(record, String.valueOf(e.getMessage()));
            return;
        }
        streamTime = event.occurredAt().isAfter(streamTime) ? event.occurredAt() : streamTime;
        if (judging.isAbout(event.occurredAt())) {
            input.add(record);
            if (judging.isWanted(event.actor().id())) {
                judge(event, record);
            }
        }
    }

    /** A record that is no event has no time and no actor of its own: its timestamp and its key have to do. */
    private void reject(ConsumerRecord<byte[], byte[]> record, String reason) {
        if (judging.isAbout(RecordTime.of(record.timestamp()))) {
            input.add(record);
            if (judging.isWanted(record.key() == null ? null : new String(record.key(), StandardCharsets.UTF_8))) {
                tally.reject(TopicRecords.origin(record), reason);
            }
        }
    }

    private void judge(AccessEvent event, ConsumerRecord<byte[], byte[]> record) {
        Revision policy = judging.view().policy(event);
        if (policy != null) {
            policies.computeIfAbsent(policy, key -> new long[1])[0]++;
        }
        Optional<Outcome> settled = judging.view().flow(event, policy).settled();
        if (settled.isPresent() && othersAreSettled(event)) {
            tally.count(settled.get());
            compare(event, record);
        } else {
            spill(event, record);
        }
    }

    private boolean othersAreSettled(AccessEvent event) {
        for (Comparison comparison : judging.comparisons()) {
            View view = comparison.other();
            if (view.flow(event, view.policy(event)).settled().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private void compare(AccessEvent event, ConsumerRecord<byte[], byte[]> record) {
        if (judging.comparisons().isEmpty()) {
            judging.tellWitness(event, NO_CONSENTS);
        } else {
            Said primary = judging.say(judging.view(), event, NO_CONSENTS);
            judging.compare(
                    event,
                    TopicRecords.origin(record),
                    primary,
                    judging.comparisons().stream()
                            .map(comparison -> judging.say(comparison.other(), event, NO_CONSENTS))
                            .toList());
        }
    }

    private void spill(AccessEvent event, ConsumerRecord<byte[], byte[]> record) {
        SubjectId subject = event.subject().id();
        byte[] id = (subject == null ? event.eventId() : subject.value()).getBytes(StandardCharsets.UTF_8);
        if (subject != null) {
            subjects.add(id);
        }
        candidates.append(
                Buckets.of(id),
                new Candidate(
                                record.partition(),
                                record.offset(),
                                RecordTime.of(record.timestamp()),
                                arrival,
                                streamTime,
                                record.value())
                        .toBytes());
    }

    @Override
    public void finish() {
        candidates.finish();
    }

    Tally tally() {
        return tally;
    }

    /** Number of events by the revision in force, by identity. */
    Map<Revision, Long> policies() {
        Map<Revision, Long> events = new IdentityHashMap<>();
        policies.forEach((policy, count) -> events.put(policy, count[0]));
        return events;
    }

    Input input() {
        return input.input(range.partition());
    }

    /**
     * What retention may have taken of the range; null if it has taken nothing of it. An event may be ahead of its record: only a
     * record that is as much earlier than the range shows that none of it was before.
     */
    Replayed.@Nullable Loss loss() {
        Instant earliest = judging.request().from().minus(Admission.MAX_AHEAD);
        boolean keepsAllOfTheRange = range.beginning() == 0
                || range.from() > range.beginning()
                || (firstTimestamp != null && !firstTimestamp.isAfter(earliest));
        return keepsAllOfTheRange
                ? null
                : new Replayed.Loss(
                        range.partition().topic(), range.partition().partition(), range.beginning(), firstTimestamp);
    }
}
