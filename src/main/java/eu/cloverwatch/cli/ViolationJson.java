package eu.cloverwatch.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.wire.PlainJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A violation as a line of JSON with all fields of the schema, in printable ASCII. */
final class ViolationJson {

    private ViolationJson() {}

    static String of(Violation violation) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = PlainJson.printableGenerator(line)) {
            PlainJson.write(json, violation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
