package eu.cloverwatch.runtime.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

/** The permissions that there are, compared with those that the roles give. */
final class AclComparison {

    private static final String EVERYBODY = "User:*";

    private final Set<AclBinding> wanted;
    private final Set<ResourcePattern> ours;
    private final Collection<AclBinding> there;

    AclComparison(RoleGrants grants, Collection<AclBinding> there) {
        this.wanted = grants.bindings();
        this.ours = grants.resources();
        this.there = there;
    }

    AclPlan plan() {
        List<AclBinding> missing =
                wanted.stream().filter(binding -> !there.contains(binding)).toList();
        return new AclPlan(AclPlan.State.COMPARED, missing, wanted.size() - missing.size(), warnings());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        there.stream()
                .filter(binding -> ours.stream().anyMatch(pattern -> Grant.overlap(pattern, binding.pattern())))
                .sorted(Comparator.comparing(AclComparison::text))
                .forEach(binding -> {
                    if (binding.entry().permissionType() == AclPermissionType.DENY) {
                        if (concernsARole(binding)) {
                            warnings.add(text(binding) + ": takes away what a role gives");
                        }
                    } else if (!isGiven(binding)) {
                        warnings.add(text(binding) + ": no role gives that");
                    }
                });
        ours.stream()
                .filter(pattern -> !isNamed(pattern))
                .forEach(pattern -> warnings.add(pattern.resourceType() + " " + name(pattern)
                        + ": no ACL names it; everybody may use it where the brokers have"
                        + " allow.everyone.if.no.acl.found=true"));
        return warnings;
    }

    /** By now, or after apply. */
    private boolean isNamed(ResourcePattern pattern) {
        return wanted.stream().anyMatch(binding -> Grant.overlap(binding.pattern(), pattern))
                || there.stream().anyMatch(binding -> Grant.overlap(binding.pattern(), pattern));
    }

    private boolean isGiven(AclBinding binding) {
        Grant grant = new Grant(binding.pattern(), binding.entry().operation());
        return wanted.stream()
                .filter(role -> role.entry().principal().equals(binding.entry().principal()))
                .anyMatch(role -> new Grant(role.pattern(), role.entry().operation()).includes(grant));
    }

    private boolean concernsARole(AclBinding deny) {
        return wanted.stream()
                .anyMatch(role -> (deny.entry().principal().equals(EVERYBODY)
                                || deny.entry().principal().equals(role.entry().principal()))
                        && Grant.overlap(role.pattern(), deny.pattern()));
    }

    /** For people: {@code User:x READ TOPIC cloverwatch.violations.v1}. */
    static String text(AclBinding binding) {
        String host = binding.entry().host().equals("*")
                ? ""
                : " from " + binding.entry().host();
        String deny = binding.entry().permissionType() == AclPermissionType.DENY ? "DENY " : "";
        return binding.entry().principal() + host + " " + deny + binding.entry().operation() + " "
                + binding.pattern().resourceType() + " " + name(binding.pattern());
    }

    static String name(ResourcePattern pattern) {
        return switch (pattern.patternType()) {
            case PREFIXED -> pattern.name() + "... (prefix)";
            default -> pattern.name();
        };
    }
}
