package eu.cloverwatch.runtime.topics;

import static eu.cloverwatch.wire.Topic.ACCESS_EVENTS;
import static eu.cloverwatch.wire.Topic.CONSENTS;
import static eu.cloverwatch.wire.Topic.EMPLOYEE_LOCATIONS;
import static eu.cloverwatch.wire.Topic.FINDINGS_OCSF;
import static eu.cloverwatch.wire.Topic.GATEWAYS;
import static eu.cloverwatch.wire.Topic.GATEWAY_PASSES;
import static eu.cloverwatch.wire.Topic.INCIDENTS;
import static eu.cloverwatch.wire.Topic.INCIDENTS_OCSF;
import static eu.cloverwatch.wire.Topic.LEDGER;
import static eu.cloverwatch.wire.Topic.POLICIES;
import static eu.cloverwatch.wire.Topic.REJECTS;
import static eu.cloverwatch.wire.Topic.VIOLATIONS;

import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.runtime.Role;
import eu.cloverwatch.wire.Topic;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** What each role may do, and so all that anybody may: the least that each takes. READ and WRITE include DESCRIBE. */
public final class RoleGrants {

    private final Configuration configuration;
    private final String applicationId;

    /**
     * @throws ConfigurationException if the names are such that a permission on what begins alike would be one on what it is not
     *     meant for
     */
    public RoleGrants(Configuration configuration) {
        this.configuration = configuration;
        this.applicationId = configuration.applicationId();
        checkNames();
    }

    private void checkNames() {
        for (Topic topic : Topic.values()) {
            if (configuration.topicName(topic).startsWith(internal())) {
                throw new ConfigurationException("cloverwatch.application.id: expected one with which "
                        + configuration.topicName(topic) + " does not begin, got '" + applicationId
                        + "': the monitor may write to, and delete, all topics that begin with " + internal());
            }
        }
        for (Role role : List.of(Role.PARTNER, Role.SOC, Role.INVESTIGATOR)) {
            if (applicationId.startsWith(groupPrefix(role))) {
                throw new ConfigurationException("cloverwatch.application.id: expected one that does not begin with "
                        + groupPrefix(role) + ", got '" + applicationId + "': groups that do are those of the role "
                        + role.configurationName());
            }
        }
    }

    /** What one who has this role may do. */
    public Set<Grant> of(Role role) {
        return switch (role) {
            case PRODUCER_EVENTS -> write(ACCESS_EVENTS);
            case PRODUCER_LOCATIONS -> write(EMPLOYEE_LOCATIONS);
            case PRODUCER_CONSENTS -> write(CONSENTS);
            case PRODUCER_PASSES -> write(GATEWAY_PASSES);
            case MONITOR ->
                all(
                        read(ACCESS_EVENTS, EMPLOYEE_LOCATIONS, CONSENTS, GATEWAYS, POLICIES),
                        write(VIOLATIONS, FINDINGS_OCSF, INCIDENTS, INCIDENTS_OCSF, LEDGER, REJECTS),
                        ofTheApplication());
            // Who publishes a policy is shown what it changes, so reads those that are there.
            case PARTNER ->
                all(
                        read(VIOLATIONS, FINDINGS_OCSF, INCIDENTS, INCIDENTS_OCSF, LEDGER, POLICIES),
                        write(GATEWAYS, POLICIES),
                        groups(role));
            case POLICY_OWNER -> all(read(POLICIES), write(POLICIES));
            case SOC -> all(read(VIOLATIONS, FINDINGS_OCSF, INCIDENTS, INCIDENTS_OCSF), groups(role));
            case INVESTIGATOR -> all(read(Topic.values()), groups(role));
            // Not gateways and policies: who may write there approves what leaves.
            case OPERATOR -> all(read(REJECTS), write(ACCESS_EVENTS, EMPLOYEE_LOCATIONS, CONSENTS));
        };
    }

    /** What the consumer groups of a role's members must begin with. */
    public String groupPrefix(Role role) {
        return configuration.topicsPrefix() + role.configurationName();
    }

    /** What every principal that is named may do. */
    Set<AclBinding> bindings() {
        return Arrays.stream(Role.values())
                .flatMap(role -> configuration.principals(role).stream()
                        .flatMap(principal -> of(role).stream().map(grant -> grant.to(principal))))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Topics, groups and transactions that are ours, whether or not anybody has a role. */
    Set<ResourcePattern> resources() {
        return Stream.concat(
                        Arrays.stream(Topic.values()).map(this::topic),
                        ofTheApplication().stream().map(Grant::resource))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Kafka Streams makes its topics, and deletes from those between its parts what was read. */
    private Set<Grant> ofTheApplication() {
        ResourcePattern group = pattern(ResourceType.GROUP, applicationId, PatternType.LITERAL);
        ResourcePattern transactions = pattern(ResourceType.TRANSACTIONAL_ID, internal(), PatternType.PREFIXED);
        ResourcePattern topics = pattern(ResourceType.TOPIC, internal(), PatternType.PREFIXED);
        return all(
                Set.of(new Grant(group, AclOperation.READ)),
                Set.of(new Grant(transactions, AclOperation.WRITE)),
                Stream.of(AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE)
                        .map(operation -> new Grant(topics, operation))
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    /** With the hyphen, so that another application whose id begins with this one is none of ours. */
    private String internal() {
        return applicationId + "-";
    }

    private Set<Grant> groups(Role role) {
        return Set.of(
                new Grant(pattern(ResourceType.GROUP, groupPrefix(role), PatternType.PREFIXED), AclOperation.READ));
    }

    private Set<Grant> read(Topic... topics) {
        return on(AclOperation.READ, topics);
    }

    private Set<Grant> write(Topic... topics) {
        return on(AclOperation.WRITE, topics);
    }

    private Set<Grant> on(AclOperation operation, Topic... topics) {
        return Arrays.stream(topics)
                .map(topic -> new Grant(topic(topic), operation))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private ResourcePattern topic(Topic topic) {
        return pattern(ResourceType.TOPIC, configuration.topicName(topic), PatternType.LITERAL);
    }

    private static ResourcePattern pattern(ResourceType type, String name, PatternType pattern) {
        return new ResourcePattern(type, name, pattern);
    }

    @SafeVarargs
    private static Set<Grant> all(Set<Grant>... sets) {
        return Arrays.stream(sets).flatMap(Set::stream).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
