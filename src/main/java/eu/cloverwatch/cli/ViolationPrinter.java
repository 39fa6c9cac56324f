package eu.cloverwatch.cli;

import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * A violation as one line for a person: when, how grave, which rule, who, whose data, where to, why. Of a revision also what has
 * become of it, and which fact led to that.
 */
final class ViolationPrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final Ansi ansi;

    ViolationPrinter(PrintWriter out, boolean colour) {
        this.out = out;
        this.ansi = colour ? Ansi.ON : Ansi.OFF;
    }

    void print(Violation violation) {
        Finding first = violation.getFindings().get(0);
        int more = violation.getFindings().size() - 1;
        String rule = first.getRule() + (more > 0 ? " +" + more : "");
        String severity = String.format(Locale.ROOT, "%-8s", violation.getSeverity());
        out.println(TIME.format(violation.getOccurredAt()) + "  "
                + ansi.text("@|" + style(violation) + " " + severity + "|@") + "  "
                + String.format(Locale.ROOT, "%-27s  %-22s  %-8s  ", rule, who(violation), where(violation))
                + news(violation)
                + first.getMessage());
        out.flush();
    }

    private static String news(Violation violation) {
        String because = violation.getCause() == null ? "" : " because of " + violation.getCause();
        return switch (violation.getStatus()) {
            case OPEN -> because.isEmpty() ? "" : "found late" + because + ": ";
            case AMENDED -> "AMENDED" + because + ", now: ";
            case WITHDRAWN -> "WITHDRAWN" + because + ", it was: ";
        };
    }

    private static String who(Violation violation) {
        return violation.getActor().getId();
    }

    private static String where(Violation violation) {
        String from = violation.getSubject().getCountry();
        String to = violation.getDestinationCountry();
        return (from == null ? "??" : from) + " -> " + (to == null ? "??" : to);
    }

    private static String style(Violation violation) {
        if (violation.getStatus() == ViolationStatus.WITHDRAWN) {
            return "faint";
        }
        return switch (violation.getSeverity()) {
            case CRITICAL -> "bold,white,bg(red)";
            case HIGH -> "bold,red";
            case MEDIUM -> "yellow";
            case LOW -> "cyan";
            case INFO -> "faint";
        };
    }
}
