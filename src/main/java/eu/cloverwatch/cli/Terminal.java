package eu.cloverwatch.cli;

import java.util.Map;

/** Whether somebody is looking. The launcher script can tell stdout from stderr, the JVM only whether both are a terminal. */
final class Terminal {

    private Terminal() {}

    static boolean isErr() {
        return is("cloverwatch.terminal.err");
    }

    static boolean isOut() {
        return is("cloverwatch.terminal.out");
    }

    /** Whether what is printed may be coloured: somebody looks, and has not said that it must not be (no-color.org). */
    static boolean isOutColoured() {
        return isOut() && allowsColour(System.getenv());
    }

    static boolean allowsColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    private static boolean is(String property) {
        String told = System.getProperty(property);
        return told == null ? System.console() != null : Boolean.parseBoolean(told);
    }
}
