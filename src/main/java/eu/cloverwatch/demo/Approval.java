package eu.cloverwatch.demo;

import eu.cloverwatch.v1.GatewayStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a gateway may do from {@code from} on; {@code reviewedBuilds} empty: any build. */
record Approval(
        String gateway,
        GatewayStatus status,
        Instant from,
        @Nullable Instant validUntil,
        List<String> destinations,
        List<String> categories,
        List<String> purposes,
        List<String> reviewedBuilds) {

    Approval from(Instant instant) {
        return new Approval(gateway, status, instant, validUntil, destinations, categories, purposes, reviewedBuilds);
    }

    Approval until(Instant instant) {
        return new Approval(gateway, status, from, instant, destinations, categories, purposes, reviewedBuilds);
    }

    Approval as(GatewayStatus other) {
        return new Approval(gateway, other, from, validUntil, destinations, categories, purposes, reviewedBuilds);
    }

    Approval builds(String... builds) {
        return new Approval(gateway, status, from, validUntil, destinations, categories, purposes, List.of(builds));
    }

    boolean isOpen(Instant at) {
        return status == GatewayStatus.APPROVED && (validUntil == null || at.isBefore(validUntil));
    }
}
