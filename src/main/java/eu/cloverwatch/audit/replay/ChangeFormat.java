package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.replay.Change.Judged;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Severity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Changes as bytes of a temporary file. */
final class ChangeFormat {

    private ChangeFormat() {}

    static byte[] write(Change change) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, change.kind().name());
            text(out, change.eventId());
            out.writeLong(change.occurredAt().toEpochMilli());
            text(out, change.actorId());
            text(out, change.origin().topic());
            out.writeInt(change.origin().partition());
            out.writeLong(change.origin().offset());
            out.writeLong(change.origin().timestamp().toEpochMilli());
            judged(out, change.before());
            judged(out, change.after());
            texts(out, change.why());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Change read(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new Change(
                    Change.Kind.valueOf(text(in)),
                    text(in),
                    Instant.ofEpochMilli(in.readLong()),
                    text(in),
                    new Origin(text(in), in.readInt(), in.readLong(), Instant.ofEpochMilli(in.readLong())),
                    judged(in),
                    judged(in),
                    texts(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void judged(DataOutputStream out, Judged judged) throws IOException {
        text(out, judged.outcome().name());
        texts(out, judged.rules());
        text(out, judged.severity() == null ? "" : judged.severity().name());
    }

    private static Judged judged(DataInputStream in) throws IOException {
        Outcome outcome = Outcome.valueOf(text(in));
        TreeSet<String> rules = new TreeSet<>(texts(in));
        String severity = text(in);
        return new Judged(outcome, rules, severity.isEmpty() ? null : Severity.valueOf(severity));
    }

    private static void texts(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static List<String> texts(DataInputStream in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            texts.add(text(in));
        }
        return texts;
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
