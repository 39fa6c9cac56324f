package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Contribution;
import eu.cloverwatch.internal.v1.IncidentChange;
import eu.cloverwatch.v1.Finding;
import eu.cloverwatch.v1.Verdict;
import eu.cloverwatch.v1.Violation;
import eu.cloverwatch.v1.ViolationStatus;
import eu.cloverwatch.wire.ocsf.DataSecurityFinding;
import eu.cloverwatch.wire.ocsf.Product;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a revision of a violation goes: into the chain and to the violations, to the findings, and to the incidents of its actor. */
final class ViolationPublication {

    private static final Logger log = LoggerFactory.getLogger(ViolationPublication.class);

    /** Below the 8 MiB that the topic should take. */
    private static final int MAX_FINDING_BYTES = 7 << 20;

    private final ProcessorContext<byte[], Routed> context;
    private final ViolationChain chain;
    private final String applicationId;
    private final Product product;

    ViolationPublication(ProcessorContext<byte[], Routed> context, String applicationId) {
        this.context = context;
        this.chain = new ViolationChain(
                context.getStateStore(StateStores.CHAIN),
                applicationId + "/" + context.taskId().partition());
        this.applicationId = applicationId;
        this.product = Product.ofThisBuild(CloudEvents.source(applicationId));
    }

    void publish(Violation violation) {
        chain.append(violation);
        context.forward(new Record<>(
                violation.getViolationId().getBytes(StandardCharsets.UTF_8),
                new Routed.Found(violation),
                context.currentSystemTimeMs(),
                CloudEvents.of(violation, applicationId)));
        report(violation);
        Contribution contribution = contribution(violation);
        if (contribution != null || violation.getRevision() > 0) {
            group(violation, contribution);
        }
    }

    /** JSON may take several times the bytes of the record; what the topic refuses would stop the monitor at every start. */
    private void report(Violation violation) {
        byte[] finding = DataSecurityFinding.of(violation, product);
        if (finding.length > MAX_FINDING_BYTES) {
            log.warn(
                    "violation {} revision {} is published, but not as a finding: that would take {} bytes, at most {} are allowed",
                    violation.getViolationId(),
                    violation.getRevision(),
                    finding.length,
                    MAX_FINDING_BYTES);
            return;
        }
        context.forward(new Record<>(
                violation.getViolationId().getBytes(StandardCharsets.UTF_8),
                new Routed.Reported(finding),
                context.currentSystemTimeMs(),
                CloudEvents.json()));
    }

    /** No revision comes any more: incidents need not keep what it takes to subtract this one. */
    void settle(Violation last) {
        Contribution contribution = contribution(last);
        if (contribution != null) {
            contribution.setSettled(true);
            group(last, contribution);
        }
    }

    private void group(Violation violation, @Nullable Contribution contribution) {
        byte[] actor = IncidentSessions.actor(
                violation.getActor().getType(), violation.getActor().getId());
        context.forward(new Record<>(
                actor, new Routed.ToIncidents(change(violation, contribution)), context.currentSystemTimeMs()));
    }

    private static IncidentChange change(Violation violation, @Nullable Contribution contribution) {
        return IncidentChange.newBuilder()
                .setViolationId(violation.getViolationId())
                .setRevision(violation.getRevision())
                .setActorType(violation.getActor().getType())
                .setActor(violation.getActor().getId())
                .setOccurredAt(violation.getOccurredAt())
                .setContribution(contribution)
                .build();
    }

    /** Null: it is no part of an incident. */
    private static @Nullable Contribution contribution(Violation violation) {
        if (violation.getStatus() == ViolationStatus.WITHDRAWN || violation.getVerdict() != Verdict.VIOLATION) {
            return null;
        }
        String pseudonym = violation.getSubject().getPseudonym();
        return Contribution.newBuilder()
                .setSeverity(violation.getSeverity())
                .setRules(violation.getFindings().stream()
                        .map(Finding::getRule)
                        .distinct()
                        .sorted()
                        .toList())
                .setDestination(violation.getDestinationCountry())
                .setBytes(violation.getByteCount())
                .setPseudonym(pseudonym)
                .setPeople(pseudonym == null ? violation.getSubject().getCount() : 0)
                .build();
    }
}
