package eu.cloverwatch.cli;

/** The user's input is wrong; the message says what was expected and where (file, line, key). Exit code 2. */
public final class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
