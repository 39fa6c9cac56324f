package eu.cloverwatch.audit.verify;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Hashes in messages. */
final class Hex {

    private Hex() {}

    /** Lower-case hexadecimal; "none" where there are no bytes. */
    static String of(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy.length == 0 ? "none" : HexFormat.of().formatHex(copy);
    }
}
