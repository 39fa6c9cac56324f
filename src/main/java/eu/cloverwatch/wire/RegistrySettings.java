package eu.cloverwatch.wire;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the schema registry is, and how to talk to it.
 *
 * @param urls base addresses, at least one, without a slash at the end and without credentials; tried in turn
 * @param serde whose implementation writes and reads records
 * @param authorization value of the HTTP header of that name; a secret
 * @param trustStore whom to trust; empty: whom the JDK trusts
 * @param keyStore the client's own certificate; empty: none
 * @param keyPassword password of the key in {@code keyStore}; a secret
 * @param requestTimeout how long one request may take, answer included
 * @param retryTimeout how long a call is repeated while the registry cannot be reached; empty: until closed
 * @param confluent what Confluent's serializer is configured with; empty unless it was chosen
 */
public record RegistrySettings(
        List<URI> urls,
        Serde serde,
        Optional<String> authorization,
        Optional<RegistryStore> trustStore,
        Optional<RegistryStore> keyStore,
        Optional<String> keyPassword,
        Duration requestTimeout,
        Optional<Duration> retryTimeout,
        Map<String, String> confluent) {

    /** Keys that start so belong to the registry. */
    public static final String PREFIX = "schema.registry.";

    /** Whose implementation writes and reads records. */
    public enum Serde {
        /** Ours; the default. */
        BUILTIN,
        /** Confluent's own serializer, which must be on the class path. */
        CONFLUENT
    }

    public RegistrySettings {
        urls = List.copyOf(urls);
        confluent = Map.copyOf(confluent);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("schema.registry.url: expected at least one address, came none");
        }
    }

    /**
     * Reads the keys that start with {@value #PREFIX}; others are left alone.
     *
     * @throws IllegalArgumentException naming the key, if one is unknown, missing or has a value that it cannot have
     */
    public static RegistrySettings from(Map<String, String> configuration) {
        return RegistryKeys.read(configuration);
    }

    /** The same, but a call waits for a registry that cannot be reached until the client is closed. */
    public RegistrySettings waitingUntilClosed() {
        return withRetryTimeout(Optional.empty());
    }

    /** The same with another patience; empty: until the client is closed. */
    public RegistrySettings withRetryTimeout(Optional<Duration> timeout) {
        return new RegistrySettings(
                urls, serde, authorization, trustStore, keyStore, keyPassword, requestTimeout, timeout, confluent);
    }

    /** Without secrets. */
    @Override
    public String toString() {
        return "RegistrySettings[urls=" + urls + ", serde=" + serde + ", authorization="
                + (authorization.isPresent() ? "(hidden)" : "none") + ", trustStore=" + trustStore + ", keyStore="
                + keyStore + ", requestTimeout=" + requestTimeout + ", retryTimeout=" + retryTimeout + "]";
    }
}
