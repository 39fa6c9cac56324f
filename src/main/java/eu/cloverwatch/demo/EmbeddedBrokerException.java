package eu.cloverwatch.demo;

import org.jspecify.annotations.Nullable;

/** The broker in this process cannot start or has failed, for a reason in the environment: its port, its directory. */
public class EmbeddedBrokerException extends RuntimeException {

    public EmbeddedBrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
