package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AccessEvent.GatewayUse;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Lookup;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of the gateway that the data passes. An approval with several faults is judged by each of them. */
enum GatewayState {
    NONE("no gateway"),
    UNKNOWN("a gateway without approval"),
    APPROVED("an approved gateway"),
    APPROVED_FOR_THE_FIRST("a gateway approved for one of two countries"),
    APPROVED_FOR_THE_SECOND("a gateway approved for the other of two countries"),
    OTHER_DESTINATION("a gateway approved for another destination"),
    OTHER_CATEGORY("a gateway approved for another category"),
    OTHER_PURPOSE("a gateway approved for another purpose"),
    UNREVIEWED_BUILD("a gateway whose build was not reviewed"),
    SUSPENDED("a suspended gateway"),
    REVOKED("a revoked gateway"),
    EXPIRED("a gateway whose approval expired"),
    NOT_KEPT("a gateway whose approvals of the time are no longer kept");

    private static final String ID = "G-1";
    private static final List<String> ANY = List.of(GatewayApproval.ANY);
    private static final List<String> NONE_COVERED = List.of();

    private final String label;

    GatewayState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Whether there can be such a gateway: of two countries only where the policies have one site in two of them. */
    boolean isPossible(Movement movement) {
        return !isOfTwoCountries() || movement.countries().size() > 1;
    }

    boolean isOfTwoCountries() {
        return this == APPROVED_FOR_THE_FIRST || this == APPROVED_FOR_THE_SECOND;
    }

    @Nullable GatewayUse use() {
        return this == NONE
                ? null
                : new GatewayUse(ID, null, this == UNREVIEWED_BUILD ? "sha256:other" : "sha256:reviewed");
    }

    Lookup<GatewayApproval> lookup(Movement movement) {
        return switch (this) {
            case NONE, UNKNOWN -> Lookup.absent();
            case NOT_KEPT -> Lookup.beyondHistory();
            default -> {
                GatewayApproval approval = approval(movement);
                yield new Lookup.Known<>(approval, approval.effectiveFrom());
            }
        };
    }

    private GatewayApproval approval(Movement movement) {
        GatewayStatus status = switch (this) {
            case SUSPENDED -> GatewayStatus.SUSPENDED;
            case REVOKED -> GatewayStatus.REVOKED;
            default -> GatewayStatus.APPROVED;
        };
        List<String> destinations = switch (this) {
            case APPROVED_FOR_THE_FIRST -> movement.countries().subList(0, 1);
            case APPROVED_FOR_THE_SECOND -> movement.countries().subList(1, 2);
            case OTHER_DESTINATION -> NONE_COVERED;
            default -> ANY;
        };
        return new GatewayApproval(
                ID,
                movement.origin(),
                status,
                "partner",
                movement.at().minus(Duration.ofDays(1)),
                this == EXPIRED ? movement.at() : null,
                movement.at().minus(Duration.ofDays(1)),
                destinations,
                this == OTHER_CATEGORY ? NONE_COVERED : ANY,
                this == OTHER_PURPOSE ? NONE_COVERED : ANY,
                List.of("sha256:reviewed"));
    }
}
