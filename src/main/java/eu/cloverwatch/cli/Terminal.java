package eu.cloverwatch.cli;

/** Whether somebody is looking. The launcher script can tell stdout from stderr, the JVM only whether both are a terminal. */
final class Terminal {

    private Terminal() {}

    static boolean isErr() {
        return is("cloverwatch.terminal.err");
    }

    static boolean isOut() {
        return is("cloverwatch.terminal.out");
    }

    private static boolean is(String property) {
        String told = System.getProperty(property);
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }
}
