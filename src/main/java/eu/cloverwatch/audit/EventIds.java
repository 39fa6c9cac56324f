package eu.cloverwatch.audit;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.SubjectId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which event ids were used, and by what. Ids are unique within a subject; those of bulk accesses among themselves. */
public final class EventIds {

    /** Why an event whose id was used is refused. */
    public static final String REUSED = "event_id: expected a new id, this one was used by an event with other content";

    private final Map<Id, AccessEvent> first = new HashMap<>();

    private record Id(@Nullable SubjectId subject, String eventId) {}

    /** What a use of an id is. */
    public enum Use {
        FIRST,
        /** The same event again. */
        AGAIN,
        /** Another event with an id that was used before. */
        REUSED
    }

    /** Uses the id of this event, which is remembered if it is the first. */
    public Use use(AccessEvent event) {
        AccessEvent before = first.putIfAbsent(new Id(event.subject().id(), event.eventId()), event);
        if (before == null) {
            return Use.FIRST;
        }
        return before.equals(event) ? Use.AGAIN : Use.REUSED;
    }
}
