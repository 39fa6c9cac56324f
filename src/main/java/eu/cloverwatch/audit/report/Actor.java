package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.Violation;

/** Who acted. */
record Actor(ActorType type, String id) implements Comparable<Actor> {

    static Actor of(Violation violation) {
        return new Actor(violation.getActor().getType(), violation.getActor().getId());
    }

    @Override
    public int compareTo(Actor other) {
        int byId = id.compareTo(other.id);
        return byId == 0 ? type.compareTo(other.type) : byId;
    }
}
