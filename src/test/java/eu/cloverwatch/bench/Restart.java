package eu.cloverwatch.bench;

/**
 * One restart or takeover: seconds from its beginning, which is when the process was started, or an instance killed.
 *
 * @param group until the group had come to rest without those who were killed
 * @param first until an event published since was judged, and its violation could be read
 * @param all the same, on every {@link Way}
 * @param bare what a bare consumer took for all consents, shortly before
 */
record Restart(Situation situation, double group, double first, double all, double bare) {

    /** What happened. */
    enum Situation {
        NO_CONSENTS("stopped and started, four partitions without consents"),
        STOPPED("stopped in order, started on its state"),
        KILLED("killed, started at once on its state"),
        LOST("stopped, state lost, started"),
        KILLED_UNCLEAN("killed after it had written all state, started at once"),
        TAKEN_OVER("one of two killed, no standby"),
        STANDBY("one of two killed, standby caught up");

        final String words;

        Situation(String words) {
            this.words = words;
        }
    }

    /** After the group had come to rest, until everything was judged again. */
    double rest() {
        return all - group;
    }
}
