package eu.cloverwatch.cli;

import eu.cloverwatch.audit.EventIds;
import eu.cloverwatch.audit.replay.RecordAdmission;
import eu.cloverwatch.runtime.RejectedRecord;
import eu.cloverwatch.runtime.Requeue;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.ScenarioFile;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What becomes of a reject that is submitted again, and whether it would be rejected once more. */
final class Resubmission {

    private final RejectsTopic topics;
    private final RecordAdmission admission;
    private final Instant now;

    /** @param now an event's Kafka timestamp, which says when it was submitted; its own time is in it */
    Resubmission(RejectsTopic topics, RecordAdmission admission, Instant now) {
        this.topics = topics;
        this.admission = admission;
        this.now = now;
    }

    /** The topic it goes to; null, with nothing to be done, where {@link #problem} says why. */
    @Nullable Topic topic(RejectedRecord reject) {
        return topics.topic(reject.origin().topic()).orElse(null);
    }

    /** Why this reject cannot go anywhere, repaired or not; null if it can. */
    @Nullable String problem(RejectedRecord reject) {
        Topic topic = topic(reject);
        if (topic == null) {
            return "is of " + RejectLine.visible(reject.origin().topic())
                    + ", which is no topic of this configuration that a monitor reads";
        }
        return topic == Topic.POLICIES
                ? "is a policy, and a policy is never retroactive: publish it again with policy publish"
                : null;
    }

    /** The same of a reject as it came: also if it would be rejected again. */
    @Nullable String problemAsItCame(RejectedRecord reject) {
        String problem = problem(reject);
        if (problem != null) {
            return problem;
        }
        if (reject.omittedBytes() > 0) {
            return "has no value here, as that is too large: it is at "
                    + RejectLine.visible(reject.origin().toString());
        }
        if (reject.reason().equals(EventIds.REUSED)) {
            return "would be rejected again: " + EventIds.REUSED;
        }
        Topic topic = Objects.requireNonNull(topic(reject));
        String again = admission.problem(topic, reject.key(), reject.value(), timestamp(topic, reject));
        return again == null ? null : "would be rejected again: " + RejectLine.visible(again);
    }

    /** Bytes as they came; the partition is new, by the key. */
    Requeue.Message asItCame(RejectedRecord reject) {
        Topic topic = Objects.requireNonNull(topic(reject));
        return new Requeue.Message(
                reject.origin().topic(), reject.key(), reject.value(), timestamp(topic, reject), false);
    }

    /** A tombstone holds from its record's timestamp on, and history is kept by it. */
    private Instant timestamp(Topic topic, RejectedRecord reject) {
        return topic == Topic.ACCESS_EVENTS ? now : reject.origin().timestamp();
    }

    /** Key, value and, of a fact, time are those of the line. */
    Requeue.Message repaired(RejectedRecord reject, Arrival line, RecordSerde serde) {
        String name = reject.origin().topic();
        byte[] key = line.key() == null ? null : line.key().getBytes(StandardCharsets.UTF_8);
        byte[] value = line.payload() instanceof Arrival.Value record ? serde.serialize(name, record.record()) : null;
        return new Requeue.Message(
                name, key, value, line.topic() == Topic.ACCESS_EVENTS ? now : line.timestamp(), true);
    }

    /**
     * The one record of a file, as a line of a scenario directory has it.
     *
     * @throws UserError if it is none, or would be rejected; with file and line
     */
    Arrival read(Path file, Topic topic) throws IOException {
        if (!Files.isReadable(file)) {
            throw new UserError("--value: expected a file, there is none that can be read at " + file);
        }
        try (ScenarioFile lines = ScenarioFile.open(topic, file)) {
            ScenarioFile.Line line = lines.next();
            if (line == null) {
                throw new UserError(file + ": expected a record as one line of JSON, found none");
            }
            String problem = line.problem() == null ? RecordAdmission.problem(at(line.arrival())) : line.problem();
            if (problem != null) {
                throw new UserError(line.place() + ": " + problem);
            }
            ScenarioFile.Line second = lines.next();
            if (second != null) {
                throw new UserError(second.place() + ": expected one record in one line, found more");
            }
            return line.arrival();
        }
    }

    private Arrival at(Arrival arrival) {
        return arrival.topic() == Topic.ACCESS_EVENTS
                ? new Arrival(arrival.topic(), arrival.key(), arrival.payload(), now)
                : arrival;
    }
}
