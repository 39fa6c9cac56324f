package eu.cloverwatch.cli;

/** Ctrl-C and SIGTERM: what is open is closed, in order, before the process ends. */
final class Shutdown {

    private static volatile boolean underway;

    private Shutdown() {}

    /** Closes this when the process is told to end. */
    static void closes(AutoCloseable resource) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            underway = true;
                            try {
                                resource.close();
                            } catch (Exception e) {
                                System.err.println("cloverwatch: while closing: " + e.getMessage());
                            }
                        },
                        "shutdown"));
    }

    /** Whether the process is about to end, so that what fails now fails because of that. */
    static boolean isUnderway() {
        return underway;
    }
}
