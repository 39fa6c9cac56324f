package eu.cloverwatch.runtime;

import java.util.Locale;

/** Who has to do with the topics. What each may do: {@code RoleGrants}, and docs/security.md. */
public enum Role {
    PRODUCER_EVENTS("services that report accesses"),
    PRODUCER_LOCATIONS("the HR feed"),
    PRODUCER_CONSENTS("the consent service"),
    PRODUCER_PASSES("the gateways, which report what passes them"),
    MONITOR("`run`"),
    PARTNER("the security partner: reads what is published, approves gateways, publishes policies"),
    POLICY_OWNER("who owns the policy with the partner, and publishes it"),
    SOC("the security operations centre: reads alerts"),
    INVESTIGATOR("`replay`, `verify`, and people who look at records"),
    OPERATOR("who repairs rejects");

    private final String description;

    Role(String description) {
        this.description = description;
    }

    /** As in {@code cloverwatch.acl.<name>}, for example {@code producer-events}. */
    public String configurationName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Who that is. */
    public String description() {
        return description;
    }
}
