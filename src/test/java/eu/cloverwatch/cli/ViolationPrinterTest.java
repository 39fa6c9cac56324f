package eu.cloverwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.runtime.SampleViolation;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.AvroBytes;
import eu.cloverwatch.wire.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a person who follows the violations sees of their revisions. */
class ViolationPrinterTest {

    private static final String CAUSE = "employee-locations/E-17 effective 2023-03-06T00:00:00Z";

    @Test
    void a_violation_that_was_found_at_once_says_only_what_was_found() {
        assertThat(printed(ViolationStatus.OPEN, null))
                .startsWith("2023-03-07 10:00:00  HIGH      EGRESS_WITHOUT_GATEWAY")
                .contains("E-17", "DE -> CN")
                .endsWith("  EMAIL reached CN through no gateway");
    }

    @Test
    void one_that_a_late_fact_brought_to_light_names_the_fact() {
        assertThat(printed(ViolationStatus.OPEN, CAUSE))
                .endsWith("  found late because of " + CAUSE + ": EMAIL reached CN through no gateway");
    }

    @Test
    void one_that_changed_says_so_and_what_it_is_now() {
        assertThat(printed(ViolationStatus.AMENDED, CAUSE))
                .endsWith("  AMENDED because of " + CAUSE + ", now: EMAIL reached CN through no gateway");
    }

    @Test
    void one_that_is_none_any_more_says_so_and_what_it_was() {
        assertThat(printed(ViolationStatus.WITHDRAWN, CAUSE))
                .endsWith("  WITHDRAWN because of " + CAUSE + ", it was: EMAIL reached CN through no gateway");
        assertThat(printed(ViolationStatus.WITHDRAWN, null)).contains("  WITHDRAWN, it was: ");
    }

    @Test
    void on_a_terminal_one_that_was_withdrawn_is_not_shown_as_alarming() {
        assertThat(printed(ViolationStatus.AMENDED, CAUSE, true)).contains("\u001b[1m\u001b[31mHIGH");
        assertThat(printed(ViolationStatus.WITHDRAWN, CAUSE, true))
                .contains("\u001b[2mHIGH")
                .doesNotContain("\u001b[31m");
    }

    @Test
    void theSecondLineSaysOfABulkAccessHowManyWereConcerned() {
        Violation violation = SampleViolation.of("bulk");
        violation.getSubject().setPseudonym(null);
        violation.getSubject().setCountry(null);
        violation.getSubject().setCount(70_000);
        assertThat(printedWithRemedy(violation))
                .endsWith("violation violation-of-bulk/0, 70000 subjects of ??; remedy: pass through a gateway approved"
                        + " for CN");
    }

    @Test
    void oneWithoutFindingsWhichIsNotOursIsShownAllTheSame() {
        Violation violation = SampleViolation.of("empty");
        violation.setFindings(List.of());
        assertThat(printedWithRemedy(violation)).contains("no finding").endsWith("of DE");
    }

    private static String printedWithRemedy(Violation violation) {
        StringWriter out = new StringWriter();
        new ViolationPrinter(new PrintWriter(out), false).printWithRemedy(violation);
        return out.toString().strip();
    }

    private static String printed(ViolationStatus status, @Nullable String cause) {
        return printed(status, cause, false);
    }

    private static String printed(ViolationStatus status, @Nullable String cause, boolean colour) {
        Topic.values(); // makes Avro trust the generated classes
        Violation violation = AvroBytes.read(new byte[256], 0, Violation.getClassSchema(), Violation.class);
        violation.setOccurredAt(Instant.parse("2023-03-07T10:00:00Z"));
        violation.setStatus(status);
        violation.setCause(cause);
        violation.setSeverity(Severity.HIGH);
        violation.getActor().setId("E-17");
        violation.getSubject().setCountry("DE");
        violation.setDestinationCountry("CN");
        violation.setFindings(List.of(new Finding(
                "EGRESS_WITHOUT_GATEWAY", Severity.HIGH, "EMAIL reached CN through no gateway", List.of(), "none")));
        StringWriter out = new StringWriter();
        new ViolationPrinter(new PrintWriter(out), colour).print(violation);
        return out.toString().strip();
    }
}
