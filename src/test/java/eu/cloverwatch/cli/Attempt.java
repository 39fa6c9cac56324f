package eu.cloverwatch.cli;

import eu.cloverwatch.runtime.Role;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/** Somebody who has a role tries to do something. */
record Attempt(Role role, ResourceType type, String name, AclOperation operation) {

    @Override
    public String toString() {
        return role.configurationName() + " " + operation + " " + type + " " + name;
    }
}
