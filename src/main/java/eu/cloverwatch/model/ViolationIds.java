package eu.cloverwatch.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Violation ids are functions of event ids, so a consumer that sees a violation twice can tell. */
public final class ViolationIds {

    private static final UUID NAMESPACE = UUID.fromString("6f3c1f5e-2b7e-5c0a-9d41-7c1b6a0e8d52");

    private ViolationIds() {}

    /** UUID version 5 (RFC 9562) of the event id in UTF-8. */
    public static UUID of(String eventId) {
        byte[] hash = sha1(eventId.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes = ByteBuffer.wrap(hash);
        long high = (bytes.getLong() & ~0xF000L) | 0x5000L;
        long low = (bytes.getLong() & ~0xC000000000000000L) | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** UUID version 5 of what made the incident necessary: each revision makes one at most. */
    public static UUID ofIncident(String violationId, int revision) {
        return of("incident/" + violationId + "/" + revision);
    }

    private static byte[] sha1(byte[] name) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array());
            return digest.digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
