package eu.cloverwatch.topology;

import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.policy.Policy;

/** One change to what is known, read from a fact topic and valid. */
sealed interface Fact {

    record Located(String employeeId, Version<EmployeeLocation> version) implements Fact {}

    record Consented(String subjectId, Version<SubjectConsent> version) implements Fact {}

    record Approved(String gatewayId, Version<GatewayApproval> version) implements Fact {}

    record Revised(PolicyRevision revision, Policy policy) implements Fact {}
}
