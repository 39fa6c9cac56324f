package eu.cloverwatch.audit.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eu.cloverwatch.audit.replay.Change;
import eu.cloverwatch.wire.PlainJson;
import java.io.IOException;
import java.io.Writer;

/** {@code changes.ndjson}: a line of JSON for each event that another view judges differently. */
final class ChangeLines {

    private final Writer out;
    private final JsonGenerator json;

    ChangeLines(Writer out) throws IOException {
        this.out = out;
        json = PlainJson.generator(out);
    }

    void write(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", change.kind().name());
        json.writeStringField("event_id", change.eventId());
        json.writeStringField("occurred_at", change.occurredAt().toString());
        json.writeStringField("actor_id", change.actorId());
        json.writeStringField("record", change.origin().toString());
        json.writeFieldName("before");
        judged(change.before());
        json.writeFieldName("after");
        judged(change.after());
        json.writeFieldName("why");
        PlainJson.write(json, change.why());
        json.writeEndObject();
        json.flush();
        out.write('\n');
    }

    private void judged(Change.Judged judged) throws IOException {
        json.writeStartObject();
        json.writeStringField("outcome", judged.outcome().name());
        json.writeFieldName("rules");
        PlainJson.write(json, judged.rules());
        json.writeFieldName("severity");
        PlainJson.write(json, judged.severity());
        json.writeEndObject();
    }
}
