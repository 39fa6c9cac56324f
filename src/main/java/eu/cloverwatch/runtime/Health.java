package eu.cloverwatch.runtime;

import org.apache.kafka.streams.KafkaStreams;

/** How a monitor is. */
public enum Health {
    /** Created, or restoring and rebalancing: alive, but events may be waiting. */
    STARTING,
    /** Every event that arrives is judged. */
    UP,
    /** Ended, or about to. */
    DOWN;

    static Health of(KafkaStreams.State state, boolean failed) {
        if (failed) {
            return DOWN;
        }
        return switch (state) {
            case CREATED, REBALANCING -> STARTING;
            case RUNNING -> UP;
            case PENDING_SHUTDOWN, PENDING_ERROR, NOT_RUNNING, ERROR -> DOWN;
        };
    }
}
