package eu.cloverwatch.wire;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS as configured: whom to trust, and the client's own certificate. Host names are always checked. */
final class RegistryTls {

    private RegistryTls() {}

    /**
     * @return empty if nothing is configured: then the JDK's default holds
     * @throws IllegalArgumentException naming the key, if a file cannot be used
     */
    static Optional<SSLContext> context(RegistrySettings settings) {
        if (settings.trustStore().isEmpty() && settings.keyStore().isEmpty()) {
            return Optional.empty();
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), trust(settings), null);
            return Optional.of(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "schema.registry.ssl.*: expected usable stores and the password of the key, came "
                            + settings.keyStore() + " and " + settings.trustStore() + ": " + e,
                    e);
        }
    }

    private static TrustManager @Nullable [] trust(RegistrySettings settings) throws GeneralSecurityException {
        if (settings.trustStore().isEmpty()) {
            return null;
        }
        KeyStore store = settings.trustStore().get().load();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static KeyManager @Nullable [] keys(RegistrySettings settings) throws GeneralSecurityException {
        if (settings.keyStore().isEmpty()) {
            return null;
        }
        RegistryStore store = settings.keyStore().get();
        char[] password = settings.keyPassword().map(String::toCharArray).orElseGet(store::passwordChars);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store.load(), password);
        return factory.getKeyManagers();
    }
}
