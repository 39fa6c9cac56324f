package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.topics.Difference;
import eu.cloverwatch.runtime.topics.Plan;
import eu.cloverwatch.runtime.topics.TopicPlan;
import eu.cloverwatch.runtime.topics.TopicSpec;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A plan for a person on a terminal, or as JSON; warnings of both go to stderr. */
final class PlanPrinter {

    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;

    PlanPrinter(CommandSpec spec, boolean json) {
        this.out = spec.commandLine().getOut();
        this.err = spec.commandLine().getErr();
        this.json = json;
    }

    /** @param done whether it was carried out */
    void print(Plan plan, boolean done) {
        if (json) {
            out.println(PlanJson.of(plan, done));
        } else {
            plan.topics().forEach(topic -> topic(topic, done));
            plan.acls()
                    .missing()
                    .forEach(binding -> out.println((done ? "allowed  " : "allow    ") + Plan.text(binding)));
        }
        out.flush();
        plan.warnings().forEach(warning -> err.println("warning: " + warning));
        err.println(summary(plan, done));
        err.flush();
    }

    private void topic(TopicPlan topic, boolean done) {
        TopicSpec spec = topic.spec();
        if (!topic.exists()) {
            out.println((done ? "created  " : "create   ") + spec.name() + ": partitions=" + spec.partitions()
                    + " replication.factor=" + spec.replicas() + " "
                    + spec.settings().entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining(" ")));
        } else if (topic.differences().isEmpty()) {
            out.println("right    " + spec.name());
        } else {
            out.println("differs  " + spec.name());
            topic.differences().forEach(difference -> difference(difference, done));
        }
    }

    private void difference(Difference difference, boolean done) {
        String name = difference.setting();
        String is = value(name, difference.is());
        String should = value(name, difference.should());
        if (difference.isApplied()) {
            out.println(INDENT
                    + (done
                            ? name + " was " + is + ", is now " + should
                            : name + " is " + is + ", apply makes it " + should));
            return;
        }
        out.println(INDENT + name + " is " + is + ", should be " + should + "; left: " + difference.reason());
        if (difference.command() != null) {
            out.println(INDENT + INDENT + difference.command());
        }
    }

    /** Milliseconds of days are hard to read. */
    private static String value(String setting, String value) {
        if (value.isEmpty()) {
            return "not known";
        }
        if (setting.endsWith(".ms") && value.matches("\\d{1,14}")) {
            Duration duration = Duration.ofMillis(Long.parseLong(value));
            if (duration.toDays() > 0) {
                return value + " (" + duration.toDays() + " d)";
            }
        }
        return value;
    }

    private static String summary(Plan plan, boolean done) {
        long missing = plan.topics().stream().filter(topic -> !topic.exists()).count();
        long applied = plan.topics().stream()
                .mapToLong(topic -> topic.applied().size())
                .sum();
        long left =
                plan.topics().stream().mapToLong(topic -> topic.left().size()).sum();
        String counts = missing + " topics, " + applied + " settings, "
                + plan.acls().missing().size() + " permissions";
        String does = plan.isNothingToDo() ? "nothing to do" : (done ? "done: " : "to do: ") + counts;
        String acls = switch (plan.acls().state()) {
            case NOT_ASKED -> "; permissions were not looked at, as no cloverwatch.acl.* is set";
            case NO_AUTHORIZER -> "";
            case COMPARED -> "; " + plan.acls().present() + " permissions were there";
        };
        return does + (left == 0 ? "" : "; " + left + " differences are left for the operator") + acls;
    }
}
