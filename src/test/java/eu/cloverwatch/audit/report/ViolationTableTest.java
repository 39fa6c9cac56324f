package eu.cloverwatch.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.v1.Violation;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViolationTableTest {

    @Test
    void hasAHeadingAndARowForEachViolation() throws IOException {
        String csv = table(SampleViolations.violation(0), SampleViolations.violation(1));

        String[] rows = csv.split("\r\n");
        assertThat(rows).hasSize(3);
        assertThat(rows[0]).startsWith("event_id,violation_id,verdict,severity,rules,occurred_at,");
        assertThat(rows[1]).startsWith("ev-00000000,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
    void whatASpreadsheetWouldComputeIsText(String service) throws IOException {
        Violation violation = SampleViolations.violation(0);
        violation.setService(service);

        assertThat(table(violation)).containsAnyOf(",'" + service + ",", ",\"'" + service + "\",");
    }

    @Test
    void quotesCommasAndLineBreaksAreQuoted() throws IOException {
        Violation violation = SampleViolations.violation(0);
        violation.setPurpose("a \"b\", c\nd");
        violation.setCategories(List.of("EMAIL", "NAME"));

        assertThat(table(violation)).contains(",\"a \"\"b\"\", c\nd\",").contains(",EMAIL; NAME,");
    }

    private static String table(Violation... violations) throws IOException {
        StringWriter out = new StringWriter();
        ViolationTable table = new ViolationTable(out);
        for (Violation violation : violations) {
            table.write(violation);
        }
        return out.toString();
    }
}
