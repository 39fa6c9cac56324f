package eu.cloverwatch.audit;

import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.ModelRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All facts there are, in order of arrival, looked up by going through every version of a key. Slow and plain on purpose: it
 * shares no code with the timelines of the live monitor, so that their agreement says something.
 */
final class NaiveFacts {

    private final Map<String, List<Version<EmployeeLocation>>> locations = new HashMap<>();
    private final Map<String, List<Version<SubjectConsent>>> consents = new HashMap<>();
    private final Map<String, List<Version<GatewayApproval>>> gateways = new HashMap<>();
    private final List<Revision> policies = new ArrayList<>();

    private record Revision(Instant inForceFrom, Instant recordedAt, Policy policy) {}

    void add(Policy policy, Instant recordedAt) {
        Instant from = policy.effectiveFrom().isAfter(recordedAt) ? policy.effectiveFrom() : recordedAt;
        policies.add(new Revision(from, recordedAt, policy));
    }

    /**
     * Adds a fact in order of arrival.
     *
     * @throws eu.cloverwatch.model.InvalidRecordException if it breaks the contract; then it plays no part
     */
    void add(Arrival fact) {
        switch (fact.topic()) {
            case EMPLOYEE_LOCATIONS ->
                add(
                        locations,
                        fact,
                        record -> ModelRecords.employeeLocation((eu.cloverwatch.v1.EmployeeLocation) record)
                                .version());
            case CONSENTS ->
                add(
                        consents,
                        fact,
                        record -> ModelRecords.subjectConsent((eu.cloverwatch.v1.SubjectConsent) record)
                                .version());
            case GATEWAYS ->
                add(
                        gateways,
                        fact,
                        record -> ModelRecords.gatewayApproval((eu.cloverwatch.v1.GatewayApproval) record)
                                .version());
            default -> throw new IllegalArgumentException("no facts are in " + fact.topic());
        }
    }

    private static <T> void add(Map<String, List<Version<T>>> facts, Arrival fact, Function<Object, Version<T>> read) {
        Version<T> version = fact.payload() instanceof Arrival.Value value
                ? read.apply(value.record())
                : new Version<>(fact.timestamp(), fact.timestamp(), null);
        facts.computeIfAbsent(Objects.requireNonNull(fact.key()), key -> new ArrayList<>())
                .add(version);
    }

    Lookup<EmployeeLocation> location(String employeeId, Instant t) {
        return lookup(locations.get(employeeId), t);
    }

    Lookup<SubjectConsent> consent(String subjectId, Instant t) {
        return lookup(consents.get(subjectId), t);
    }

    Lookup<GatewayApproval> gateway(String gatewayId, Instant t) {
        return lookup(gateways.get(gatewayId), t);
    }

    /** The revision in force last; ties: the greater {@code recorded_at}, then the later arrival. Null: none is. */
    @Nullable Policy policy(Instant t) {
        Revision last = null;
        for (Revision revision : policies) {
            if (!revision.inForceFrom().isAfter(t) && (last == null || !before(revision, last))) {
                last = revision;
            }
        }
        return last == null ? null : last.policy();
    }

    private static boolean before(Revision a, Revision b) {
        int byForce = a.inForceFrom().compareTo(b.inForceFrom());
        return byForce < 0 || (byForce == 0 && a.recordedAt().isBefore(b.recordedAt()));
    }

    private static <T> Lookup<T> lookup(@Nullable List<Version<T>> versions, Instant t) {
        Version<T> best = null;
        for (Version<T> version : versions == null ? List.<Version<T>>of() : versions) {
            if (!version.effectiveFrom().isAfter(t) && (best == null || !before(version, best))) {
                best = version;
            }
        }
        return best == null || best.value() == null
                ? Lookup.absent()
                : new Lookup.Known<>(best.value(), best.effectiveFrom());
    }

    private static boolean before(Version<?> a, Version<?> b) {
        int byEffect = a.effectiveFrom().compareTo(b.effectiveFrom());
        return byEffect < 0 || (byEffect == 0 && a.recordedAt().isBefore(b.recordedAt()));
    }
}
