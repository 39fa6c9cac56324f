package eu.cloverwatch.model;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Replaces subject ids by keyed pseudonyms (HMAC-SHA-256, RFC 2104): the same subject, the same pseudonym, as long as the
 * key stays. */
public final class Pseudonyms {

    private static final String ALGORITHM = "HmacSHA256";

    private final String keyId;
    private final SecretKeySpec key;

    /**
     * @param keyId public name of the key, part of every pseudonym
     * @param key secret, not empty
     */
    public Pseudonyms(String keyId, byte[] key) {
        this.keyId = keyId;
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Key id, {@code :}, base64url without padding of the HMAC of the id in UTF-8. */
    public String of(SubjectId subject) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(subject.value().getBytes(StandardCharsets.UTF_8));
            return keyId + ":" + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
