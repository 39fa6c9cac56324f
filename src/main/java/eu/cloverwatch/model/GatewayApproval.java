package eu.cloverwatch.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a security gateway is approved for. In {@code destinations}, {@code categories} and {@code purposes} empty means none
 * and {@code *} any; empty {@code reviewedBuilds} means that builds are not checked.
 *
 * @param effectiveFrom inclusive, until the next version
 * @param validUntil exclusive; null: without end
 */
public record GatewayApproval(
        String gatewayId,
        String site,
        GatewayStatus status,
        String approvedBy,
        Instant effectiveFrom,
        @Nullable Instant validUntil,
        Instant recordedAt,
        List<String> destinations,
        List<String> categories,
        List<String> purposes,
        List<String> reviewedBuilds) {

    /** In a list of what is approved: anything. */
    public static final String ANY = "*";

    public GatewayApproval {
        Check.text("gateway_id", gatewayId);
        Check.text("site", site);
        Check.text("approved_by", approvedBy);
        for (int i = 0; i < destinations.size(); i++) {
            if (!destinations.get(i).equals(ANY)) {
                Check.country("destinations[" + i + "]", destinations.get(i));
            }
        }
        destinations = List.copyOf(destinations);
        categories = Check.texts("categories", categories);
        purposes = Check.texts("purposes", purposes);
        reviewedBuilds = Check.texts("reviewed_builds", reviewedBuilds);
    }

    /** Whether a list of what is approved covers this value. */
    public static boolean covers(List<String> approved, String value) {
        return approved.contains(ANY) || approved.contains(value);
    }

    public Timeline.Version<GatewayApproval> version() {
        return new Timeline.Version<>(effectiveFrom, recordedAt, this);
    }
}
