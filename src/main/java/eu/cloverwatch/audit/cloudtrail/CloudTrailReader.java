package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Reads the records of a file in its order, one at a time. The file, gzipped or not, is as AWS delivers it
 * ({@code {"Records":[...]}}, also several of these one after the other), an array of records, or one record a line.
 */
final class CloudTrailReader {

    private static final int PEEK_BYTES = 512;
    private static final Pattern AS_DELIVERED = Pattern.compile("\\A\\x{FEFF}?\\s*(\\[|\\{\\s*\"Records\"\\s*:)");

    private final Path file;
    private final Consumer<JsonNode> records;

    private CloudTrailReader(Path file, Consumer<JsonNode> records) {
        this.file = file;
        this.records = records;
    }

    /**
     * @param records gets each record, of whatever shape; a missing node for a line that is no JSON among lines that are
     * @throws UnusableInputException if there is no such file, it cannot be read to its end, or is not JSON
     */
    static void read(Path file, Consumer<JsonNode> records) {
        if (Files.isDirectory(file)) {
            throw new UnusableInputException(file + ": expected a CloudTrail file, not a directory");
        }
        try (InputStream in = unzipped(new BufferedInputStream(Files.newInputStream(file)))) {
            new CloudTrailReader(file, records).readAll(in);
        } catch (NoSuchFileException e) {
            throw new UnusableInputException(file + ": there is no such file", e);
        } catch (JsonProcessingException e) {
            throw new UnusableInputException(file + where(e) + ": expected JSON", e);
        } catch (IOException e) {
            throw new UnusableInputException(file + ": expected a file that can be read to its end, plain or gzip", e);
        }
    }

    private static InputStream unzipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new BufferedInputStream(new GZIPInputStream(in)) : in;
    }

    private static String where(JsonProcessingException e) {
        return e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr();
    }

    private void readAll(InputStream in) throws IOException {
        in.mark(PEEK_BYTES);
        String start = new String(in.readNBytes(PEEK_BYTES), StandardCharsets.UTF_8);
        in.reset();
        if (start.isBlank()) {
            throw new UnusableInputException(file + ": expected JSON, not an empty file");
        }
        if (AS_DELIVERED.matcher(start).find()) {
            readDocuments(in);
            return;
        }
        byte[] firstLine = line(in);
        if (isRecord(parsed(firstLine))) {
            records.accept(parsed(firstLine));
            readLines(in);
        } else {
            readDocuments(new SequenceInputStream(new ByteArrayInputStream(firstLine), in));
        }
    }

    /** Any object that is not itself a list of records. */
    private static boolean isRecord(JsonNode node) {
        return node.isObject() && !node.has("Records");
    }

    private void readLines(InputStream in) throws IOException {
        for (byte[] line = line(in); line.length > 0; line = line(in)) {
            if (!new String(line, StandardCharsets.UTF_8).isBlank()) {
                records.accept(parsed(line));
            }
        }
    }

    /** Up to and with the next line feed; empty at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            line.write(b);
            if (b == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    /** Missing for anything but one JSON value: from memory, every error is one of the content. */
    private static JsonNode parsed(byte[] line) {
        try (JsonParser parser = Json.MAPPER.createParser(line)) {
            JsonNode node = Json.MAPPER.readTree(parser);
            return node == null || parser.nextToken() != null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private void readDocuments(InputStream in) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(in)) {
            while (parser.nextToken() != null) {
                switch (parser.currentToken()) {
                    case START_OBJECT -> readDocument(parser);
                    case START_ARRAY -> readArray(parser);
                    default -> throw notCloudTrail(parser);
                }
            }
        }
    }

    /** {@code {"Records":[...]}} with whatever is beside it, else a record. */
    private void readDocument(JsonParser parser) throws IOException {
        ObjectNode others = JsonNodeFactory.instance.objectNode();
        boolean delivered = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            if (!field.equals("Records")) {
                others.set(field, Json.MAPPER.readTree(parser));
            } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                delivered = true;
                readArray(parser);
            } else {
                throw notCloudTrail(parser);
            }
        }
        if (!delivered) {
            records.accept(others);
        }
    }

    private void readArray(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            records.accept(Json.MAPPER.readTree(parser));
        }
    }

    private UnusableInputException notCloudTrail(JsonParser parser) {
        return new UnusableInputException(
                file + ":" + parser.currentTokenLocation().getLineNr()
                        + ": expected CloudTrail's {\"Records\": [...]}, or one record a line");
    }
}
