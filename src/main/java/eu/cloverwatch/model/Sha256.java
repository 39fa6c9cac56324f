package eu.cloverwatch.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 (FIPS 180-4). */
public final class Sha256 {

    /** Kept, as looking one up costs as much as hashing a short text; one for each thread, as they are not safe for several. */
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(Sha256::newDigest);

    private Sha256() {}

    /** Of the parts, one after the other; 32 bytes. */
    public static byte[] of(byte[]... parts) {
        MessageDigest digest = DIGESTS.get();
        digest.reset();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** Of the first bytes of an array, so many; 32 bytes. Many small parts take longer than one. */
    public static byte[] ofFirst(byte[] bytes, int length) {
        MessageDigest digest = DIGESTS.get();
        digest.reset();
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    /** Of the text in UTF-8; 64 lower-case hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** For what comes in pieces. */
    public static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
