package eu.cloverwatch.runtime.topics;

import java.util.List;
import org.apache.kafka.common.acl.AclBinding;

/**
 * The permissions that should be.
 *
 * @param missing what {@code apply} adds
 * @param present how many are there already
 * @param warnings permissions that nobody should have, by our table of roles; nothing takes them away
 */
public record AclPlan(State state, List<AclBinding> missing, int present, List<String> warnings) {

    /** Whether permissions are looked at. */
    public enum State {
        /** Nobody is named for any role. */
        NOT_ASKED,
        /** Principals are named, but the cluster has no authorizer: everybody may do everything. */
        NO_AUTHORIZER,
        COMPARED
    }

    static AclPlan notAsked() {
        return new AclPlan(State.NOT_ASKED, List.of(), 0, List.of());
    }

    static AclPlan noAuthorizer() {
        return new AclPlan(
                State.NO_AUTHORIZER,
                List.of(),
                0,
                List.of("the cluster has no authorizer: whoever reaches it may do everything, and no ACL can be made"));
    }
}
