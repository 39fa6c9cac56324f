package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Outcomes;
import eu.cloverwatch.model.Outcome;
import java.util.EnumMap;
import java.util.Map;

/** Numbers of events by outcome, as the state has them. */
public final class OutcomeNumbers {

    private OutcomeNumbers() {}

    static Outcomes none() {
        return Outcomes.newBuilder().build();
    }

    static void add(Outcomes to, Outcome outcome) {
        add(to, outcome, 1);
    }

    static void add(Outcomes to, Outcomes more) {
        for (Outcome outcome : Outcome.values()) {
            add(to, outcome, get(more, outcome));
        }
    }

    static long sum(Outcomes outcomes) {
        long sum = 0;
        for (Outcome outcome : Outcome.values()) {
            sum += get(outcomes, outcome);
        }
        return sum;
    }

    /** All eight. */
    public static Map<Outcome, Long> all(Outcomes outcomes) {
        Map<Outcome, Long> all = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            all.put(outcome, get(outcomes, outcome));
        }
        return all;
    }

    private static void add(Outcomes to, Outcome outcome, long more) {
        long sum = get(to, outcome) + more;
        switch (outcome) {
            case OUT_OF_SCOPE -> to.setOutOfScope(sum);
            case EXEMPT -> to.setExempt(sum);
            case IN_REGION -> to.setInRegion(sum);
            case GATEWAY_APPROVED -> to.setGatewayApproved(sum);
            case VIOLATION -> to.setViolation(sum);
            case UNDECIDABLE -> to.setUndecidable(sum);
            case DUPLICATE -> to.setDuplicate(sum);
            case REJECTED -> to.setRejected(sum);
        }
    }

    private static long get(Outcomes outcomes, Outcome outcome) {
        return switch (outcome) {
            case OUT_OF_SCOPE -> outcomes.getOutOfScope();
            case EXEMPT -> outcomes.getExempt();
            case IN_REGION -> outcomes.getInRegion();
            case GATEWAY_APPROVED -> outcomes.getGatewayApproved();
            case VIOLATION -> outcomes.getViolation();
            case UNDECIDABLE -> outcomes.getUndecidable();
            case DUPLICATE -> outcomes.getDuplicate();
            case REJECTED -> outcomes.getRejected();
        };
    }
}
