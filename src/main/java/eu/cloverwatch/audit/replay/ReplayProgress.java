package eu.cloverwatch.audit.replay;

/** Follows a replay. */
public interface ReplayProgress {

    /** Nobody follows. */
    ReplayProgress NONE = new ReplayProgress() {
        @Override
        public void stage(String name, long total) {}

        @Override
        public void done(long more) {}
    };

    /**
     * What is done from now on.
     *
     * @param total records; 0 if there are none
     */
    void stage(String name, long total);

    /** So many more records are done; called by several threads. */
    void done(long more);
}
