package eu.cloverwatch.topology;

import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.policy.Policy;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The small tables that every instance holds whole: where employees are, which gateways are approved, which policies are in
 * force. One thread writes, any number read; a reader sees each key's history whole.
 */
public final class BroadcastFacts {

    private final Map<String, Timeline<EmployeeLocation>> locations = new ConcurrentHashMap<>();
    private final Map<String, Timeline<GatewayApproval>> gateways = new ConcurrentHashMap<>();
    private volatile PolicyHistory policies = PolicyHistory.EMPTY;

    void apply(Fact fact) {
        if (fact instanceof Fact.Located located) {
            locations.merge(
                    located.employeeId(),
                    Timeline.<EmployeeLocation>empty().with(located.version()),
                    (timeline, one) -> timeline.with(located.version()));
        } else if (fact instanceof Fact.Approved approved) {
            gateways.merge(
                    approved.gatewayId(),
                    Timeline.<GatewayApproval>empty().with(approved.version()),
                    (timeline, one) -> timeline.with(approved.version()));
        } else if (fact instanceof Fact.Revised revised) {
            policies = policies.with(revised.revision(), revised.policy());
        } else {
            throw new IllegalArgumentException("consents are partitioned, not broadcast");
        }
    }

    public Lookup<EmployeeLocation> location(String employeeId, Instant t) {
        Timeline<EmployeeLocation> timeline = locations.get(employeeId);
        return timeline == null ? Lookup.absent() : timeline.asOf(t);
    }

    public Lookup<GatewayApproval> gateway(String gatewayId, Instant t) {
        Timeline<GatewayApproval> timeline = gateways.get(gatewayId);
        return timeline == null ? Lookup.absent() : timeline.asOf(t);
    }

    /** The policy in force at t; null if none is. */
    public @Nullable Policy policy(Instant t) {
        return policies.inForce(t);
    }

    /** How many keys and revisions are held, for metrics. */
    public int size() {
        return locations.size() + gateways.size() + policies.size();
    }
}
