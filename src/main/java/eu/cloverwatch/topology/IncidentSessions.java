package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.model.ViolationIds;
import eu.cloverwatch.topology.IncidentMembers.Member;
import eu.cloverwatch.v1.ActorType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The incidents of actors: runs of violations in which none is further from the next than the gap. A violation that comes may
 * extend one, or join two; one that goes may shorten one, or leave two.
 */
final class IncidentSessions {

    private static final byte[] NOTHING = new byte[0];

    private final IncidentMembers members;
    private final IncidentCuts cuts;
    private final KeyValueStore<byte[], IncidentState> incidents;
    private final Duration gap;
    private final Changes changes;

    /** Is told what happens to incidents. */
    interface Changes {
        /** It has other figures, or is new. */
        void changed(byte[] key);

        /** Nothing but that of one violation no revision comes any more. */
        void settled(byte[] key, IncidentState incident);

        /** There is nothing under this key any more: it has moved, or is gone. */
        void left(byte[] key);

        /** It has nothing left. */
        void ended(IncidentState incident);
    }

    /** @param incidents by actor and first time; see {@link #key} */
    IncidentSessions(
            IncidentMembers members,
            IncidentCuts cuts,
            KeyValueStore<byte[], IncidentState> incidents,
            Duration gap,
            Changes changes) {
        this.members = members;
        this.cuts = cuts;
        this.incidents = incidents;
        this.gap = gap;
        this.changes = changes;
    }

    /**
     * Applies a revision of a violation. One that says what is known already changes nothing; nor does one that is settled and
     * not known, as it belonged to what is forgotten.
     */
    void apply(IncidentChange change, Instant now) {
        Member member = new Member(
                actor(change.getActorType(), change.getActor()), change.getOccurredAt(), change.getViolationId());
        Contribution before = members.get(member);
        Contribution after = change.getContribution();
        if (before == null && after != null && !after.getSettled()) {
            added(member, after, change, now);
        } else if (before != null && after == null) {
            removed(member, before, change, now);
        } else if (before != null && !before.equals(after)) {
            replaced(member, before, after, now);
        }
    }

    private void replaced(Member member, Contribution before, Contribution after, Instant now) {
        IncidentState incident = containing(member);
        remove(incident, member, before);
        add(incident, member, after);
        if (isSettledOnly(before, after)) {
            byte[] key = key(incident);
            incidents.put(key, incident);
            changes.settled(key, incident);
        } else {
            keep(incident, now);
        }
    }

    private static boolean isSettledOnly(Contribution before, Contribution after) {
        return Contribution.newBuilder(before)
                .setSettled(after.getSettled())
                .build()
                .equals(after);
    }

    private void added(Member member, Contribution contribution, IncidentChange change, Instant now) {
        Instant t = member.occurredAt();
        IncidentState left = reaching(member.actor(), t);
        IncidentState right = after(member.actor(), t, later(t));
        IncidentState incident;
        if (left == null) {
            incident = right == null ? created(change, t, now) : right;
        } else {
            incident = right == null || !cuts.canJoin(left, right) ? left : join(left, right);
        }
        add(incident, member, contribution);
        keep(incident, now);
    }

    private void removed(Member member, Contribution contribution, IncidentChange change, Instant now) {
        IncidentState incident = containing(member);
        Instant before = members.before(member, incident.getFirstAt());
        Instant after = members.after(member, incident.getLastAt());
        remove(incident, member, contribution);
        if (before == null && after == null) {
            drop(incident);
            changes.ended(incident);
            return;
        }
        if (before != null && after != null) {
            part(incident, before, after, change, now);
        } else {
            moveTo(
                    incident,
                    after == null ? incident.getFirstAt() : after,
                    before == null ? incident.getLastAt() : before);
        }
        keep(incident, now);
    }

    private void part(IncidentState incident, Instant before, Instant after, IncidentChange change, Instant now) {
        if (later(before).isBefore(after)) {
            IncidentState next = created(change, after, now);
            if (cuts.part(incident, next, before, after)) {
                keep(next, now);
            }
        }
    }

    private static IncidentState created(IncidentChange change, Instant at, Instant now) {
        return IncidentState.newBuilder()
                .setIncidentId(ViolationIds.ofIncident(change.getViolationId(), change.getRevision())
                        .toString())
                .setActorType(change.getActorType())
                .setActor(change.getActor())
                .setCreatedAt(now)
                .setChangedAt(now)
                .setFirstAt(at)
                .setLastAt(at)
                .setViolations(0)
                .setSubjects(0)
                .setPeople(0)
                .setBytes(0)
                .setSeverities(new HashMap<>())
                .setRules(new HashMap<>())
                .setDestinations(new HashMap<>())
                .setSettled(0)
                .setPublications(0)
                .setClosed(false)
                .build();
    }

    private void add(IncidentState incident, Member member, Contribution contribution) {
        String pseudonym = contribution.getPseudonym();
        if (pseudonym != null
                && !members.occurs(member.actor(), pseudonym, incident.getFirstAt(), incident.getLastAt())) {
            incident.setSubjects(incident.getSubjects() + 1);
        }
        members.put(member, contribution);
        IncidentCounts.add(incident, contribution);
        Instant t = member.occurredAt();
        moveTo(
                incident,
                t.isBefore(incident.getFirstAt()) ? t : incident.getFirstAt(),
                t.isAfter(incident.getLastAt()) ? t : incident.getLastAt());
    }

    private void remove(IncidentState incident, Member member, Contribution contribution) {
        members.remove(member, contribution);
        IncidentCounts.subtract(incident, contribution);
        String pseudonym = contribution.getPseudonym();
        if (pseudonym != null
                && !members.occurs(member.actor(), pseudonym, incident.getFirstAt(), incident.getLastAt())) {
            incident.setSubjects(incident.getSubjects() - 1);
        }
    }

    /** The one that was made first stays; the other has nothing left. */
    private IncidentState join(IncidentState left, IncidentState right) {
        boolean leftStays = !right.getCreatedAt().isBefore(left.getCreatedAt());
        IncidentState stays = leftStays ? left : right;
        IncidentState goes = leftStays ? right : left;
        drop(left);
        drop(right);
        cuts.join(stays, goes);
        stays.setFirstAt(left.getFirstAt());
        stays.setLastAt(right.getLastAt());
        changes.ended(goes);
        return stays;
    }

    private void moveTo(IncidentState incident, Instant first, Instant last) {
        if (!first.equals(incident.getFirstAt())) {
            drop(incident);
        }
        incident.setFirstAt(first);
        incident.setLastAt(last);
    }

    private void keep(IncidentState incident, Instant now) {
        incident.setChangedAt(now);
        incident.setClosed(false);
        byte[] key = key(incident);
        incidents.put(key, incident);
        changes.changed(key);
    }

    private void drop(IncidentState incident) {
        byte[] key = key(incident);
        incidents.delete(key);
        changes.left(key);
    }

    /** The one that begins by then, and whose end is not further away than the gap. */
    private @Nullable IncidentState reaching(byte[] actor, Instant t) {
        IncidentState incident = atOrBefore(actor, t);
        return incident == null || later(incident.getLastAt()).isBefore(t) ? null : incident;
    }

    private IncidentState containing(Member member) {
        IncidentState incident = atOrBefore(member.actor(), member.occurredAt());
        if (incident == null) {
            throw new IllegalStateException("no incident has violation " + member.violationId());
        }
        return incident;
    }

    /** The last one that begins by then. */
    private @Nullable IncidentState atOrBefore(byte[] actor, Instant t) {
        try (KeyValueIterator<byte[], IncidentState> range =
                incidents.reverseRange(key(actor, Instant.ofEpochMilli(Long.MIN_VALUE)), key(actor, t))) {
            return range.hasNext() ? range.next().value : null;
        }
    }

    /** The first one that begins after t, and not after the end. */
    private @Nullable IncidentState after(byte[] actor, Instant t, Instant end) {
        try (KeyValueIterator<byte[], IncidentState> range = incidents.range(key(actor, t), key(actor, end))) {
            while (range.hasNext()) {
                IncidentState incident = range.next().value;
                if (incident.getFirstAt().isAfter(t)) {
                    return incident;
                }
            }
            return null;
        }
    }

    /** By the gap. No producer's clock is too wrong for it: the latest times there are have nothing after them. */
    private Instant later(Instant time) {
        long ms = time.toEpochMilli();
        return Instant.ofEpochMilli(ms > Long.MAX_VALUE - gap.toMillis() ? Long.MAX_VALUE : ms + gap.toMillis());
    }

    static byte[] key(IncidentState incident) {
        return key(actor(incident), incident.getFirstAt());
    }

    private static byte[] key(byte[] actor, Instant first) {
        return IncidentMembers.timeKey(actor, first, NOTHING);
    }

    static byte[] actor(IncidentState incident) {
        return actor(incident.getActorType(), incident.getActor());
    }

    /** What all keys of an actor begin with, and those of no other. */
    static byte[] actor(ActorType type, String id) {
        byte[] text = (type + "/" + id).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(text.length)
                .put(text)
                .array();
    }
}
