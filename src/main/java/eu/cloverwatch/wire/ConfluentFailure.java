package eu.cloverwatch.wire;

import java.io.IOException;
import java.util.Arrays;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.RetriableException;

/** Whose fault it is that Confluent's classes throw, as far as what they throw tells. */
enum ConfluentFailure {
    /** The registry does not answer, or not in a way that can last. */
    UNREACHABLE,
    /** The registry refuses: credentials, or an incompatible schema. */
    REFUSED,
    /** An unknown schema id, or bytes that are no such record. */
    OTHER;

    private static final String REST_EXCEPTION =
            "io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException";

    static ConfluentFailure of(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t.getClass().getName().equals(REST_EXCEPTION)) {
                return ofStatus(number(t, "getStatus"), number(t, "getErrorCode"));
            }
            if (t instanceof InvalidConfigurationException) {
                return REFUSED;
            }
            if (t instanceof RetriableException || isOfNetwork(t)) {
                return UNREACHABLE;
            }
        }
        return OTHER;
    }

    private static ConfluentFailure ofStatus(int status, int errorCode) {
        if (status >= 500 || status == 408 || status == 429) {
            return UNREACHABLE;
        }
        // 40403 and its like: the registry itself does not know it, as opposed to an address without a registry
        return status == 404 && errorCode / 100 == 404 ? OTHER : REFUSED;
    }

    /** Avro's own failures are IOExceptions, too; the JDK's connection throws the plainest there are. */
    private static boolean isOfNetwork(Throwable failure) {
        String name = failure.getClass().getName();
        return failure instanceof IOException
                && (name.startsWith("java.net.")
                        || name.startsWith("javax.net.")
                        || name.contains(".jackson.")
                        || Arrays.stream(failure.getStackTrace())
                                .anyMatch(frame -> frame.getClassName().startsWith("sun.net.")));
    }

    private static int number(Throwable failure, String getter) {
        try {
            return (int) failure.getClass().getMethod(getter).invoke(failure);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(REST_EXCEPTION + " has no " + getter, e);
        }
    }
}
