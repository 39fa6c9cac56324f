package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Contribution;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The violations that belong to incidents, in the order of their times, and where each data subject occurs among them. */
final class IncidentMembers {

    private static final byte[] NOTHING = new byte[0];

    /** No UTF-8 text has it, so it follows all violation ids. */
    private static final byte[] AFTER_TEXT = {(byte) 0xFF};

    private final KeyValueStore<byte[], Contribution> members;
    private final KeyValueStore<byte[], byte[]> subjects;

    /**
     * One violation.
     *
     * @param actor what keys of the actor begin with
     */
    record Member(byte[] actor, Instant occurredAt, String violationId) {}

    /**
     * @param members by actor, time and violation id
     * @param subjects by actor, pseudonym, time and violation id, without value
     */
    IncidentMembers(KeyValueStore<byte[], Contribution> members, KeyValueStore<byte[], byte[]> subjects) {
        this.members = members;
        this.subjects = subjects;
    }

    @Nullable Contribution get(Member member) {
        return members.get(key(member));
    }

    void put(Member member, Contribution contribution) {
        members.put(key(member), contribution);
        if (contribution.getPseudonym() != null) {
            subjects.put(subjectKey(member, contribution.getPseudonym()), NOTHING);
        }
    }

    void remove(Member member, Contribution contribution) {
        members.delete(key(member));
        if (contribution.getPseudonym() != null) {
            subjects.delete(subjectKey(member, contribution.getPseudonym()));
        }
    }

    /** The time of the last violation before this one, if there is one since then. */
    @Nullable Instant before(Member member, Instant since) {
        byte[] own = key(member);
        try (KeyValueIterator<byte[], Contribution> range =
                members.reverseRange(timeKey(member.actor(), since, NOTHING), own)) {
            return time(member.actor(), range, own);
        }
    }

    /** The time of the first violation after this one, if there is one until then, inclusive. */
    @Nullable Instant after(Member member, Instant until) {
        byte[] own = key(member);
        try (KeyValueIterator<byte[], Contribution> range =
                members.range(own, timeKey(member.actor(), until, AFTER_TEXT))) {
            return time(member.actor(), range, own);
        }
    }

    private static @Nullable Instant time(byte[] actor, KeyValueIterator<byte[], Contribution> range, byte[] butNotOf) {
        while (range.hasNext()) {
            byte[] key = range.next().key;
            if (!Arrays.equals(key, butNotOf)) {
                return timeOf(actor, key);
            }
        }
        return null;
    }

    /** Removes violations of these times, both inclusive, at most so many. Returns how many there were. */
    int forget(byte[] actor, Instant first, Instant last, int atMost) {
        List<KeyValue<byte[], Contribution>> portion = new ArrayList<>();
        try (KeyValueIterator<byte[], Contribution> range = range(actor, first, last)) {
            while (portion.size() < atMost && range.hasNext()) {
                portion.add(range.next());
            }
        }
        portion.forEach(entry -> remove(member(actor, entry.key), entry.value));
        return portion.size();
    }

    /** Which of two parts has fewer violations. */
    enum Smaller {
        EARLIER,
        LATER,
        /** Both have more than so many. */
        NEITHER
    }

    /** All times inclusive; where both parts have as many, the later is the smaller. */
    Smaller smaller(byte[] actor, Instant first, Instant before, Instant after, Instant last, int atMost) {
        try (KeyValueIterator<byte[], Contribution> earlier = range(actor, first, before);
                KeyValueIterator<byte[], Contribution> later = range(actor, after, last)) {
            for (int i = 0; i <= atMost; i++) {
                if (!later.hasNext()) {
                    return Smaller.LATER;
                }
                if (!earlier.hasNext()) {
                    return Smaller.EARLIER;
                }
                later.next();
                earlier.next();
            }
            return Smaller.NEITHER;
        }
    }

    /** Goes through the violations of these times, both inclusive. */
    void each(byte[] actor, Instant first, Instant last, BiConsumer<Member, Contribution> sink) {
        try (KeyValueIterator<byte[], Contribution> range = range(actor, first, last)) {
            while (range.hasNext()) {
                KeyValue<byte[], Contribution> entry = range.next();
                sink.accept(member(actor, entry.key), entry.value);
            }
        }
    }

    private KeyValueIterator<byte[], Contribution> range(byte[] actor, Instant first, Instant last) {
        return members.range(timeKey(actor, first, NOTHING), timeKey(actor, last, AFTER_TEXT));
    }

    private static Member member(byte[] actor, byte[] key) {
        int id = actor.length + Long.BYTES;
        return new Member(actor, timeOf(actor, key), new String(key, id, key.length - id, StandardCharsets.UTF_8));
    }

    /** Whether the subject occurs at these times, both inclusive. */
    boolean occurs(byte[] actor, String pseudonym, Instant first, Instant last) {
        byte[] prefix = subjectPrefix(actor, pseudonym);
        try (KeyValueIterator<byte[], byte[]> range =
                subjects.range(timeKey(prefix, first, NOTHING), timeKey(prefix, last, AFTER_TEXT))) {
            return range.hasNext();
        }
    }

    /** Whether its subject occurs in this violation, and in none before it since then, inclusive. */
    boolean isFirstOf(Member member, String pseudonym, Instant since) {
        byte[] own = subjectKey(member, pseudonym);
        byte[] prefix = subjectPrefix(member.actor(), pseudonym);
        try (KeyValueIterator<byte[], byte[]> range = subjects.range(timeKey(prefix, since, NOTHING), own)) {
            return range.hasNext() && Arrays.equals(range.next().key, own);
        }
    }

    private static byte[] key(Member member) {
        return timeKey(member.actor(), member.occurredAt(), member.violationId().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] subjectKey(Member member, String pseudonym) {
        return timeKey(
                subjectPrefix(member.actor(), pseudonym),
                member.occurredAt(),
                member.violationId().getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] subjectPrefix(byte[] actor, String pseudonym) {
        byte[] text = pseudonym.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(actor.length + Integer.BYTES + text.length)
                .put(actor)
                .putInt(text.length)
                .put(text)
                .array();
    }

    /** Keys with this prefix are in the order of their times, as unsigned bytes. */
    static byte[] timeKey(byte[] prefix, Instant time, byte[] rest) {
        return ByteBuffer.allocate(prefix.length + Long.BYTES + rest.length)
                .put(prefix)
                .putLong(time.toEpochMilli() ^ Long.MIN_VALUE)
                .put(rest)
                .array();
    }

    private static Instant timeOf(byte[] prefix, byte[] key) {
        return Instant.ofEpochMilli(ByteBuffer.wrap(key).getLong(prefix.length) ^ Long.MIN_VALUE);
    }
}
