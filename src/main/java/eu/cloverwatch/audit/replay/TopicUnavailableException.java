package eu.cloverwatch.audit.replay;

/** A topic is not there, may not be read, or its cluster does not answer. The message names it, and says what is needed. */
public final class TopicUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TopicUnavailableException(String message) {
        super(message);
    }

    TopicUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
