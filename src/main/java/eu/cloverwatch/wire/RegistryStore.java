package eu.cloverwatch.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/**
 * A key store file for TLS to the schema registry.
 *
 * @param key the configuration key that names the file, for messages
 * @param location the file
 * @param type PKCS12 or JKS
 * @param password null: the file is read without checking its integrity
 */
public record RegistryStore(
        String key, Path location, String type, @Nullable String password) {

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException naming key and file, if it cannot be read, is of another type, or the password is wrong
     */
    KeyStore load() {
        try (InputStream in = Files.newInputStream(location)) {
            KeyStore store = KeyStore.getInstance(type);
            store.load(in, passwordChars());
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    key + ": expected a readable " + type + " file and its password, came " + location + ": " + e, e);
        }
    }

    char @Nullable [] passwordChars() {
        return password == null ? null : password.toCharArray();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return type + " " + location;
    }
}
