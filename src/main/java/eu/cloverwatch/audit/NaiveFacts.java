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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All facts there are: every version of a key, sorted. Plain on purpose: it shares no code with the timelines of the live
 * monitor, so that their agreement says something. Looking up may be done by several threads once nothing is added any more.
 */
public final class NaiveFacts {

    /** Knowing everything that was recorded at any time. */
    public static final Instant NOW = Instant.MAX;

    /** Of so many versions the right one is found sooner by going through them. */
    private static final int FEW = 16;

    private final Map<String, List<Version<EmployeeLocation>>> locations = new HashMap<>();
    private final Map<String, List<Version<SubjectConsent>>> consents = new HashMap<>();
    private final Map<String, List<Version<GatewayApproval>>> gateways = new HashMap<>();
    /** By when they come into force; those that tie by {@code recorded_at}, then in order of arrival. */
    private final List<Revision> policies = new ArrayList<>();

    /**
     * A policy, and when it governs.
     *
     * @param inForceFrom inclusive
     */
    public record Revision(Instant inForceFrom, Instant recordedAt, Policy policy) {}

    /** Adds a policy in order of arrival. */
    public void add(Policy policy, Instant recordedAt) {
        Instant from = policy.effectiveFrom().isAfter(recordedAt) ? policy.effectiveFrom() : recordedAt;
        add(new Revision(from, recordedAt, policy));
    }

    /** Adds a policy that governs from another time than it says itself. */
    public void add(Revision revision) {
        policies.add(countUpTo(policies, other -> before(revision, other)), revision);
    }

    /**
     * Adds a fact in order of arrival.
     *
     * @throws eu.cloverwatch.model.InvalidRecordException if it breaks the contract; then it plays no part
     */
    public void add(Arrival fact) {
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

    /** Throws what {@link #add(Arrival)} would throw. */
    public static void check(Arrival fact) {
        new NaiveFacts().add(fact);
    }

    private static <T> void add(Map<String, List<Version<T>>> facts, Arrival fact, Function<Object, Version<T>> read) {
        Version<T> version = fact.payload() instanceof Arrival.Value value
                ? read.apply(value.record())
                : new Version<>(fact.timestamp(), fact.timestamp(), null);
        List<Version<T>> versions = facts.computeIfAbsent(Objects.requireNonNull(fact.key()), key -> new ArrayList<>());
        versions.add(countUpTo(versions, other -> before(version, other)), version);
    }

    /**
     * The version valid at t, as far as was known; null if there is none. Its value is null where there is no value.
     *
     * @param knownAt only what was recorded by then, inclusive
     */
    public @Nullable Version<EmployeeLocation> location(String employeeId, Instant t, Instant knownAt) {
        return version(locations.get(employeeId), t, knownAt);
    }

    /** As {@link #location}, of a data subject. */
    public @Nullable Version<SubjectConsent> consent(String subjectId, Instant t, Instant knownAt) {
        return version(consents.get(subjectId), t, knownAt);
    }

    /** As {@link #location}, of a gateway. */
    public @Nullable Version<GatewayApproval> gateway(String gatewayId, Instant t, Instant knownAt) {
        return version(gateways.get(gatewayId), t, knownAt);
    }

    /** The revision in force last; ties: the greater {@code recorded_at}, then the later arrival. Null: none is. */
    public @Nullable Revision policy(Instant t, Instant knownAt) {
        for (int i = policies.size() - 1; i >= 0; i--) {
            Revision revision = policies.get(i);
            if (!revision.inForceFrom().isAfter(t) && !revision.recordedAt().isAfter(knownAt)) {
                return revision;
            }
        }
        return null;
    }

    private static boolean before(Revision a, Revision b) {
        int byForce = a.inForceFrom().compareTo(b.inForceFrom());
        return byForce < 0 || (byForce == 0 && a.recordedAt().isBefore(b.recordedAt()));
    }

    private static <T> @Nullable Version<T> version(@Nullable List<Version<T>> versions, Instant t, Instant knownAt) {
        if (versions == null) {
            return null;
        }
        int last = versions.size() <= FEW
                ? versions.size()
                : countUpTo(versions, version -> version.effectiveFrom().isAfter(t));
        for (int i = last - 1; i >= 0; i--) {
            Version<T> version = versions.get(i);
            if (!version.effectiveFrom().isAfter(t) && !version.recordedAt().isAfter(knownAt)) {
                return version;
            }
        }
        return null;
    }

    /** @param after is false of the first so many versions, and true of the others: returns how many */
    private static <V> int countUpTo(List<V> versions, Predicate<V> after) {
        int low = 0;
        int high = versions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (after.test(versions.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The order of a key's versions; those that tie are in order of arrival. */
    private static boolean before(Version<?> a, Version<?> b) {
        int byEffect = a.effectiveFrom().compareTo(b.effectiveFrom());
        return byEffect < 0 || (byEffect == 0 && a.recordedAt().isBefore(b.recordedAt()));
    }

    /** What the judge is told of a version. */
    public static <T> Lookup<T> lookup(@Nullable Version<T> version) {
        T value = version == null ? null : version.value();
        return version == null || value == null ? Lookup.absent() : new Lookup.Known<>(value, version.effectiveFrom());
    }
}
