package eu.cloverwatch.audit.cloudtrail;

/**
 * A file that the user gave, or the place for the result, cannot be used. The message names the file, the line where there is
 * one, and what was expected; it never repeats a value, which may be personal data.
 */
public final class UnusableInputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnusableInputException(String message) {
        super(message);
    }

    public UnusableInputException(String message, Throwable cause) {
        super(message, cause);
    }
}
