package eu.cloverwatch.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A use of a gateway that its approval covers, whether it is in force or not. */
record Route(
        Approval approval,
        String country,
        List<String> categories,
        String purpose,
        @Nullable String build) {

    /** Null if the approval covers nothing. */
    static @Nullable Route of(Approval approval, Dice dice) {
        if (approval.destinations().isEmpty()
                || approval.categories().isEmpty()
                || approval.purposes().isEmpty()) {
            return null;
        }
        List<String> builds = approval.reviewedBuilds();
        return new Route(
                approval,
                dice.pick(orAny(approval.destinations(), Geography.REMOTE)),
                dice.few(orAny(approval.categories(), Categories.RESTRICTED)),
                dice.pick(approval.purposes()),
                builds.isEmpty() ? null : dice.pick(builds));
    }

    private static List<String> orAny(List<String> approved, List<String> any) {
        return approved.contains("*") ? any : approved;
    }

    boolean needsConsent(Instant at) {
        return purpose.equals(Population.ADVERTISING)
                || purpose.equals(Population.PERSONALISATION) && !at.isBefore(Policies.SECOND_IN_FORCE);
    }

    boolean isFor(String wanted) {
        return purpose.equals(wanted);
    }

    /** Puts the route's gateway, data and purpose into the access; RAW, as anything that is exempt needs no gateway. */
    Access carry(Access access) {
        return access.through(approval.gateway(), build)
                .purpose(purpose)
                .data(categories, eu.cloverwatch.v1.Protection.RAW)
                .from(Gateways.site(approval.gateway()));
    }
}
