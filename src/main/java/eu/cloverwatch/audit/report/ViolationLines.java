package eu.cloverwatch.audit.report;

import com.fasterxml.jackson.core.JsonGenerator;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.PlainJson;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * {@code violations.ndjson}: a line of JSON for each violation, with the fields of the schema and {@code rules}, sorted and
 * distinct, after {@code verdict}, as {@code check} prints it.
 */
final class ViolationLines {

    /** What depends on a clock, or on how the monitor came to it: two replays, and a replay and the monitor, differ in these. */
    private static final Set<String> LEFT_OUT = Set.of("revision", "status", "detected_at", "cause", "chain");

    private static final List<Schema.Field> FIELDS = Violation.getClassSchema().getFields().stream()
            .filter(field -> !LEFT_OUT.contains(field.name()))
            .toList();

    private final Writer out;
    private final JsonGenerator json;

    ViolationLines(Writer out) throws IOException {
        this.out = out;
        json = PlainJson.generator(out);
    }

    void write(Violation violation) throws IOException {
        json.writeStartObject();
        for (Schema.Field field : FIELDS) {
            json.writeFieldName(field.name());
            PlainJson.write(json, violation.get(field.pos()));
            if (field.name().equals("verdict")) {
                json.writeFieldName("rules");
                PlainJson.write(json, rules(violation));
            }
        }
        json.writeEndObject();
        json.flush();
        out.write('\n');
    }

    static SortedSet<String> rules(Violation violation) {
        SortedSet<String> rules = new TreeSet<>();
        violation.getFindings().stream().map(Finding::getRule).forEach(rules::add);
        return rules;
    }
}
