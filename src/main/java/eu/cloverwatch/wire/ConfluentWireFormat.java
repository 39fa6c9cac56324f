package eu.cloverwatch.wire;

import java.nio.ByteBuffer;

/** The five bytes before a record: {@code 0x00}, then the schema id, 4 bytes, big-endian. */
final class ConfluentWireFormat {

    static final int HEADER_LENGTH = 5;
    private static final byte MAGIC = 0;

    private ConfluentWireFormat() {}

    /**
     * @throws UnreadableRecordException if these bytes do not begin so, or the id is negative, which none is
     */
    static int schemaId(byte[] bytes) {
        if (bytes.length < HEADER_LENGTH) {
            throw new UnreadableRecordException(
                    "expected a magic byte and a 4-byte schema id, came " + bytes.length + " bytes in all");
        }
        if (bytes[0] != MAGIC) {
            throw new UnreadableRecordException("expected magic byte 0, came " + (bytes[0] & 0xff));
        }
        int id = ByteBuffer.wrap(bytes).getInt(1);
        if (id < 0) {
            throw new UnreadableRecordException("expected a schema id, came " + id);
        }
        return id;
    }

    static byte[] header(int schemaId) {
        return ByteBuffer.allocate(HEADER_LENGTH).put(MAGIC).putInt(schemaId).array();
    }
}
