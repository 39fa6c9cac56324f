package eu.cloverwatch.wire;

import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayPass;
import eu.cloverwatch.v1.Incident;
import eu.cloverwatch.v1.LedgerEpoch;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.v1.Violation;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The topics of the contract. Their names can be overridden; see the configuration. */
public enum Topic {
    ACCESS_EVENTS("access-events.v1", AccessEvent.getClassSchema()),
    EMPLOYEE_LOCATIONS("employee-locations.v1", EmployeeLocation.getClassSchema()),
    CONSENTS("consents.v1", SubjectConsent.getClassSchema()),
    GATEWAYS("gateways.v1", GatewayApproval.getClassSchema()),
    POLICIES("policies.v1", PolicyRevision.getClassSchema()),
    GATEWAY_PASSES("gateway-passes.v1", GatewayPass.getClassSchema()),
    VIOLATIONS("violations.v1", Violation.getClassSchema()),
    FINDINGS_OCSF("findings.ocsf.v1", null),
    INCIDENTS("incidents.v1", Incident.getClassSchema()),
    INCIDENTS_OCSF("incidents.ocsf.v1", null),
    LEDGER("ledger.v1", LedgerEpoch.getClassSchema()),
    REJECTS("rejects.v1", null);

    static {
        AvroClasses.trust();
    }

    public static final String DEFAULT_PREFIX = "cloverwatch.";

    private final String baseName;
    private final String shortName;
    private final @Nullable Schema schema;

    Topic(String baseName, @Nullable Schema schema) {
        this.baseName = baseName;
        this.shortName = baseName.replaceFirst("\\.v\\d+$", "");
        this.schema = schema;
    }

    /** The name without prefix, for example {@code access-events.v1}. */
    public String baseName() {
        return baseName;
    }

    /** The name without prefix and version of the contract, for example {@code access-events}. */
    public String shortName() {
        return shortName;
    }

    /** The name in a cluster that overrides nothing, for example {@code cloverwatch.access-events.v1}. */
    public String defaultName() {
        return DEFAULT_PREFIX + baseName;
    }

    /** Schema of the value as this version knows it; empty where the value is not Avro. */
    public Optional<Schema> schema() {
        return Optional.ofNullable(schema);
    }

    /** The Avro topics, whose schemas a registry knows as {@code <topic>-value}. */
    public static Iterable<Topic> avro() {
        return () -> Arrays.stream(values())
                .filter(topic -> topic.schema().isPresent())
                .iterator();
    }
}
