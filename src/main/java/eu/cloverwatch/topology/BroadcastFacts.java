package eu.cloverwatch.topology;

import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The small tables that every instance holds whole: which gateways are approved, which policies are in force. One thread
 * writes, any number read; a reader sees each key's history whole.
 */
public final class BroadcastFacts {

    private static final Logger log = LoggerFactory.getLogger(BroadcastFacts.class);
    private static final long WARN_AFTER_MS = 10_000;

    private final Duration horizon;
    private final Map<String, Timeline<GatewayApproval>> gateways = new ConcurrentHashMap<>();
    private volatile PolicyHistory policies = PolicyHistory.EMPTY;

    /** By partition of the gateways topic: the offset that is read next. Guarded by this. */
    private final Map<Integer, Long> gatewayPositions = new HashMap<>();

    private boolean ended;

    /** @param horizon how long what was superseded is kept, counted back from the record that supersedes it */
    public BroadcastFacts(Duration horizon) {
        this.horizon = horizon;
    }

    /** @param timestamp of the fact's record */
    void apply(Fact fact, Instant timestamp) {
        if (fact instanceof Fact.Approved approved) {
            gateways.compute(
                    approved.gatewayId(),
                    (id, timeline) -> (timeline == null ? Timeline.<GatewayApproval>empty() : timeline)
                            .with(approved.version())
                            .prune(Timelines.horizon(timestamp, horizon)));
        } else if (fact instanceof Fact.Revised revised) {
            policies = policies.with(revised.revision(), revised.policy());
        } else {
            throw new IllegalArgumentException("locations and consents are partitioned, not broadcast");
        }
    }

    /** All gateways' records before this offset of this partition have been applied. */
    synchronized void gatewaysRead(int partition, long position) {
        gatewayPositions.put(partition, position);
        notifyAll();
    }

    /** Nothing more is applied: whoever waits, waits in vain. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Waits until the gateways' record at this offset has been applied.
     *
     * @throws IllegalStateException if that will not come
     */
    synchronized void awaitGateway(int partition, long offset) {
        while (gatewayPositions.getOrDefault(partition, 0L) <= offset) {
            if (ended) {
                throw new IllegalStateException("the broadcast of facts has ended");
            }
            try {
                long start = System.nanoTime();
                wait(WARN_AFTER_MS);
                if (System.nanoTime() - start
                        >= Duration.ofMillis(WARN_AFTER_MS).toNanos()) {
                    log.warn("waiting for the broadcast of gateways-{} to read offset {}", partition, offset);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for facts", e);
            }
        }
    }

    Lookup<GatewayApproval> gateway(String gatewayId, Instant t) {
        Timeline<GatewayApproval> timeline = gateways.get(gatewayId);
        return timeline == null ? Lookup.absent() : timeline.asOf(t);
    }

    /** The policy in force at t; null if none is. */
    @Nullable Policy policy(Instant t) {
        return policies.inForce(t);
    }

    /** How many gateways and policy revisions are held, for metrics. */
    public int size() {
        return gateways.size() + policies.size();
    }
}
