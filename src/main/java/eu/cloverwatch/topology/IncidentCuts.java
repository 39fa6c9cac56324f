package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.IncidentState;
import eu.cloverwatch.topology.IncidentMembers.Member;
import java.time.Instant;

/**
 * Makes one incident of two, and two of one. Only the violations of the smaller are gone through, and never more than a
 * transaction has time for: where both are larger, two stay two and one stays one.
 */
final class IncidentCuts {

    /** Measured at 20 to 35 microseconds each on a disk; a transaction has ten seconds. */
    static final int MAX_COUNTED = 50_000;

    private final IncidentMembers members;
    private final int maxCounted;

    IncidentCuts(IncidentMembers members, int maxCounted) {
        this.members = members;
        this.maxCounted = maxCounted;
    }

    boolean canJoin(IncidentState a, IncidentState b) {
        return Math.min(a.getViolations(), b.getViolations()) <= maxCounted;
    }

    /** Adds the figures of one to those of the other, and leaves it without. */
    void join(IncidentState stays, IncidentState goes) {
        long subjects = stays.getSubjects() + goes.getSubjects() - common(stays, goes);
        IncidentCounts.addAll(stays, goes);
        stays.setSubjects(subjects);
        IncidentCounts.clear(goes);
    }

    /** Number of subjects that occur in both. */
    private long common(IncidentState a, IncidentState b) {
        IncidentState few = a.getViolations() < b.getViolations() ? a : b;
        IncidentState many = few == a ? b : a;
        long[] common = {0};
        each(few, (member, pseudonym) -> {
            if (members.occurs(member.actor(), pseudonym, many.getFirstAt(), many.getLastAt())) {
                common[0]++;
            }
        });
        return common[0];
    }

    /**
     * Parts an incident, the later part of which goes to another. What is gone through is found by walking both at once until
     * one has no more: how many are in each is not known before.
     *
     * @param next without figures
     * @param before the last time of what stays
     * @param after the first time of what goes
     * @return whether it was parted; if not, nothing was changed
     */
    boolean part(IncidentState incident, IncidentState next, Instant before, Instant after) {
        byte[] actor = IncidentSessions.actor(incident);
        IncidentMembers.Smaller smaller =
                members.smaller(actor, incident.getFirstAt(), before, after, incident.getLastAt(), maxCounted);
        if (smaller == IncidentMembers.Smaller.NEITHER) {
            return false;
        }
        next.setFirstAt(after);
        next.setLastAt(incident.getLastAt());
        incident.setLastAt(before);
        if (smaller == IncidentMembers.Smaller.LATER) {
            move(incident, next, next, incident);
        } else {
            move(incident, next, incident, next);
            IncidentCounts.exchange(incident, next);
        }
        return true;
    }

    /** Moves the figures of the violations at the times of few. */
    private void move(IncidentState from, IncidentState to, IncidentState few, IncidentState many) {
        each(few, (member, pseudonym) -> {
            to.setSubjects(to.getSubjects() + 1);
            if (!members.occurs(member.actor(), pseudonym, many.getFirstAt(), many.getLastAt())) {
                from.setSubjects(from.getSubjects() - 1);
            }
        });
        members.each(IncidentSessions.actor(few), few.getFirstAt(), few.getLastAt(), (member, contribution) -> {
            IncidentCounts.subtract(from, contribution);
            IncidentCounts.add(to, contribution);
        });
    }

    private interface SubjectSink {
        void accept(Member first, String pseudonym);
    }

    /** Goes through the subjects that occur at its times, with the first violation of each. */
    private void each(IncidentState incident, SubjectSink sink) {
        Instant first = incident.getFirstAt();
        members.each(IncidentSessions.actor(incident), first, incident.getLastAt(), (member, contribution) -> {
            String pseudonym = contribution.getPseudonym();
            if (pseudonym != null && members.isFirstOf(member, pseudonym, first)) {
                sink.accept(member, pseudonym);
            }
        });
    }
}
