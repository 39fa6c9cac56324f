package eu.cloverwatch.model;

/**
 * A record breaks the contract. The message names the field and what was expected; it never contains the value, which may
 * be personal data.
 */
public final class InvalidRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidRecordException(String message) {
        super(message);
    }

    public InvalidRecordException(String field, String expected) {
        this(field + ": expected " + expected);
    }
}
