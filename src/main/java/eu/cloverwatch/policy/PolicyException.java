package eu.cloverwatch.policy;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy document is wrong. It has everything that was found, one problem a line, each {@code line 14: what was expected};
 * a caller that knows the file name prints it before each of the {@link #problems}.
 */
public final class PolicyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<Problem> problems;

    /**
     * One thing that is wrong.
     *
     * @param line of the text that was parsed, from 1
     */
    public record Problem(int line, String message) implements Serializable {

        @Override
        public String toString() {
            return "line " + line + ": " + message;
        }
    }

    /** @param problems at least one */
    PolicyException(List<Problem> problems) {
        super(inOrder(problems).stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = inOrder(problems);
    }

    PolicyException(int line, String message) {
        this(List.of(new Problem(line, message)));
    }

    private static List<Problem> inOrder(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    /** At least one, by line. */
    public List<Problem> problems() {
        return problems;
    }

    /** Of the first problem, from 1. */
    public int line() {
        return problems.get(0).line();
    }

    /** The same problems as seen from a text that has this many lines more before it. */
    PolicyException below(int lines) {
        return new PolicyException(problems.stream()
                .map(problem -> new Problem(problem.line() + lines, problem.message()))
                .toList());
    }
}
