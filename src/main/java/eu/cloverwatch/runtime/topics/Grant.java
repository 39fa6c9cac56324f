package eu.cloverwatch.runtime.topics;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;

/** One thing that may be done, with one resource or all whose names start alike. */
public record Grant(ResourcePattern resource, AclOperation operation) {

    private static final String ANY_HOST = "*";

    /** For a principal, from wherever it comes. */
    AclBinding to(String principal) {
        return new AclBinding(
                resource, new AccessControlEntry(principal, ANY_HOST, operation, AclPermissionType.ALLOW));
    }

    /** Whether who has this may do the other, too: READ includes DESCRIBE, a prefix every name that starts with it. */
    boolean includes(Grant other) {
        return resource.resourceType() == other.resource().resourceType()
                && covers(resource, other.resource())
                && (operation == other.operation() || implies(operation, other.operation()));
    }

    /** Kafka's rules, as the authorizer has them. */
    private static boolean implies(AclOperation operation, AclOperation implied) {
        return switch (implied) {
            case DESCRIBE ->
                operation == AclOperation.READ
                        || operation == AclOperation.WRITE
                        || operation == AclOperation.DELETE
                        || operation == AclOperation.ALTER;
            case DESCRIBE_CONFIGS -> operation == AclOperation.ALTER_CONFIGS;
            default -> false;
        };
    }

    private static boolean covers(ResourcePattern all, ResourcePattern some) {
        return all.patternType() == PatternType.PREFIXED
                ? !isWildcard(some) && some.name().startsWith(all.name())
                : some.equals(all);
    }

    /** Whether there may be a resource that is meant by both. */
    static boolean overlap(ResourcePattern a, ResourcePattern b) {
        if (a.resourceType() != b.resourceType()) {
            return false;
        }
        if (isWildcard(a) || isWildcard(b)) {
            return true;
        }
        boolean aIsPrefix = a.patternType() == PatternType.PREFIXED;
        boolean bIsPrefix = b.patternType() == PatternType.PREFIXED;
        return (aIsPrefix && b.name().startsWith(a.name()))
                || (bIsPrefix && a.name().startsWith(b.name()))
                || a.name().equals(b.name());
    }

    private static boolean isWildcard(ResourcePattern pattern) {
        return pattern.patternType() == PatternType.LITERAL && pattern.name().equals(ResourcePattern.WILDCARD_RESOURCE);
    }
}
