package eu.cloverwatch.runtime;

/** What an exception that only wraps another has to say. */
public final class Causes {

    private Causes() {}

    /** The innermost cause. */
    public static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /** The message of the innermost cause, or its kind if it has none. */
    public static String message(Throwable e) {
        Throwable cause = root(e);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
