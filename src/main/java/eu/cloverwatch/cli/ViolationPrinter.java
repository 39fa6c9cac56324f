package eu.cloverwatch.cli;

import eu.cloverwatch.model.VisibleCharacters;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Severity;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.v1.ViolationSubject;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/**
 * A violation as one line for a person: when, how grave, which rule, who, whose data, where to, why. Of a revision also what has
 * become of it, and which fact led to that.
 */
final class ViolationPrinter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String INDENT = " ".repeat("2023-03-07 10:00:00  ".length());

    /** Enough to see that two are the same; key id included. */
    private static final int PSEUDONYM_SHOWN = 16;

    private static final Finding NONE = new Finding("-", Severity.INFO, "no finding", List.of(), "");

    private final PrintWriter out;
    private final Ansi ansi;

    ViolationPrinter(PrintWriter out, boolean colour) {
        this.out = out;
        this.ansi = colour ? Ansi.ON : Ansi.OFF;
    }

    /** As one line. */
    void print(Violation violation) {
        out.println(summary(violation));
        out.flush();
    }

    /** As two: below, what identifies the violation, whose data it was, and what would have made the flow compliant. */
    void printWithRemedy(Violation violation) {
        out.println(summary(violation));
        out.println(INDENT
                + visible("violation " + violation.getViolationId() + "/" + violation.getRevision() + ", "
                        + subject(violation.getSubject())
                        + (violation.getFindings().isEmpty()
                                ? ""
                                : "; remedy: " + first(violation).getRemedy())));
        out.flush();
    }

    private String summary(Violation violation) {
        Finding first = first(violation);
        int more = violation.getFindings().size() - 1;
        String rule = first.getRule() + (more > 0 ? " +" + more : "");
        String severity = String.format(Locale.ROOT, "%-8s", violation.getSeverity());
        return TIME.format(violation.getOccurredAt()) + "  "
                + ansi.text("@|" + style(violation) + " " + severity + "|@") + "  "
                + visible(String.format(Locale.ROOT, "%-27s  %-22s  %-8s  ", rule, who(violation), where(violation))
                        + news(violation)
                        + first.getMessage());
    }

    /** Ours have at least one. */
    private static Finding first(Violation violation) {
        return violation.getFindings().isEmpty()
                ? NONE
                : violation.getFindings().get(0);
    }

    private static String subject(ViolationSubject subject) {
        String country = subject.getCountry() == null ? "??" : subject.getCountry();
        String pseudonym = subject.getPseudonym();
        if (pseudonym == null) {
            return subject.getCount() + " subjects of " + country;
        }
        boolean isLong = pseudonym.codePointCount(0, pseudonym.length()) > PSEUDONYM_SHOWN;
        String start =
                isLong ? pseudonym.substring(0, pseudonym.offsetByCodePoints(0, PSEUDONYM_SHOWN)) + "..." : pseudonym;
        return "subject " + start + " of " + country;
    }

    /** Strings of records come from outside, and must not command the terminal. */
    private static String visible(String text) {
        return VisibleCharacters.shown(text);
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
