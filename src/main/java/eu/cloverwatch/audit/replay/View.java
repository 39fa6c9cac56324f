package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.NaiveFacts.Revision;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Pseudonyms;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.policy.Flow;
import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the past is looked at.
 *
 * @param policies that govern
 * @param facts locations and gateways
 * @param knownAt only what was recorded by then, inclusive
 */
record View(NaiveFacts policies, NaiveFacts facts, Instant knownAt) {

    /** What an event is judged with. Null: nothing is known. */
    record Evidence(
            @Nullable Revision policy,
            @Nullable Version<EmployeeLocation> location,
            @Nullable Version<SubjectConsent> consent,
            @Nullable Version<GatewayApproval> gateway) {

        /** What of this there is. */
        List<UsedFact> used(AccessEvent event, Pseudonyms pseudonyms) {
            List<UsedFact> used = new ArrayList<>();
            SubjectId subject = event.subject().id();
            AccessEvent.GatewayUse through = event.gateway();
            add(used, Topic.EMPLOYEE_LOCATIONS, event.actor().id(), location);
            if (subject != null && consent != null) {
                add(used, Topic.CONSENTS, pseudonyms.of(subject), consent);
            }
            add(used, Topic.GATEWAYS, through == null ? "" : through.id(), gateway);
            if (policy != null) {
                used.add(new UsedFact(
                        Topic.POLICIES.shortName() + "/" + policy.policy().policyId(),
                        policy.inForceFrom(),
                        policy.recordedAt(),
                        true));
            }
            return used;
        }

        private static void add(List<UsedFact> used, Topic topic, String key, @Nullable Version<?> version) {
            if (version != null) {
                used.add(new UsedFact(
                        topic.shortName() + "/" + key,
                        version.effectiveFrom(),
                        version.recordedAt(),
                        version.value() != null));
            }
        }

        Judgement judge(AccessEvent event) {
            return Flow.of(event, policy == null ? null : policy.policy(), NaiveFacts.lookup(location))
                    .conclude(NaiveFacts.lookup(consent), NaiveFacts.lookup(gateway));
        }
    }

    /** The policies of a backtest: the earliest holds from the beginning of time. */
    static NaiveFacts backtest(List<PolicyDocument> documents) {
        NaiveFacts policies = new NaiveFacts();
        Instant earliest = documents.stream()
                .map(PolicyDocument::effectiveFrom)
                .min(Instant::compareTo)
                .orElseThrow();
        documents.forEach(document -> {
            boolean first = document.effectiveFrom().equals(earliest);
            policies.add(
                    new Revision(first ? Instant.EPOCH : document.effectiveFrom(), Instant.EPOCH, document.policy()));
        });
        return policies;
    }

    @Nullable Revision policy(AccessEvent event) {
        return policies.policy(event.occurredAt(), knownAt);
    }

    /** The event as far as policy and location tell. */
    Flow flow(AccessEvent event, @Nullable Revision policy) {
        return Flow.of(event, policy == null ? null : policy.policy(), () -> NaiveFacts.lookup(location(event)));
    }

    /** @param consents of the subject, among others */
    Evidence evidence(AccessEvent event, NaiveFacts consents) {
        SubjectId subject = event.subject().id();
        AccessEvent.GatewayUse gateway = event.gateway();
        Instant t = event.occurredAt();
        return new Evidence(
                policy(event),
                location(event),
                subject == null ? null : consents.consent(subject.value(), t, knownAt),
                gateway == null ? null : facts.gateway(gateway.id(), t, knownAt));
    }

    private @Nullable Version<EmployeeLocation> location(AccessEvent event) {
        return event.actor().isPerson() ? facts.location(event.actor().id(), event.occurredAt(), knownAt) : null;
    }
}
