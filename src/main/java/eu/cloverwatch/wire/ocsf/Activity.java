package eu.cloverwatch.wire.ocsf;

import java.util.Locale;

/** What an event says of a finding or an incident: {@code activity_id}. */
public enum Activity {
    CREATE,
    UPDATE,
    CLOSE;

    int id() {
        return ordinal() + 1;
    }

    String caption() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
