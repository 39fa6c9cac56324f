package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.policy.Policy;
import eu.cloverwatch.policy.Site;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The situations of a walk that are parts of an event: one movement of it, at most one fault of its gateway. Found by what the
 * policies answer, asked here once more and in another way than the walk asks.
 */
final class Simplifications {

    private final List<Policy> policies;
    private final Situations walked;

    Simplifications(List<Policy> policies, Situations walked) {
        this.policies = policies;
        this.walked = walked;
    }

    /** Each as its digits. */
    List<int[]> of(RandomEvent random) {
        AccessEvent event = random.event();
        int data = only(
                walked.data(),
                known -> sameData(
                        known.representative().protection(),
                        known.representative().names(),
                        event));
        String residence = random.residence();
        int residences = only(
                walked.residences(),
                known -> residence == null || known.isEmpty()
                        ? known.isEmpty() && residence == null
                        : alike(policy -> policy.protects(residence)
                                == policy.protects(known.get().representative())));
        int minor = walked.minor().indexOf(random.minor());
        int purpose = only(
                walked.purposes(),
                known -> alike(policy ->
                        policy.requiresConsent(known.representative()) == policy.requiresConsent(event.purpose())));
        List<int[]> all = new ArrayList<>();
        for (int movement : movements(random)) {
            List<String> countries = walked.movements().get(movement).countries();
            List<String> own = countries.size() > 1 ? countries : ownCountries(random, movement);
            for (GatewayState gateway : gateways(random, own)) {
                all.add(new int[] {
                    movement,
                    data,
                    residences,
                    minor,
                    walked.consents().indexOf(consent(random, own)),
                    purpose,
                    walked.gateways().indexOf(gateway)
                });
            }
        }
        // What is not walked has no digit: that the event is listed all the same must come from its other parts.
        all.removeIf(digits -> IntStream.of(digits).anyMatch(digit -> digit < 0));
        return all;
    }

    private boolean sameData(eu.cloverwatch.model.Protection protection, List<String> names, AccessEvent event) {
        return alike(policy -> policy.isExempt(protection, names)
                        == policy.isExempt(event.protection(), event.categories())
                && (Questions.isInTheClear(protection) && policy.isRestricted(names))
                        == (Questions.isInTheClear(event.protection()) && policy.isRestricted(event.categories()))
                && policy.terms().denied().stream()
                        .allMatch(row -> row.categories().containsAnyOf(names)
                                == row.categories().containsAnyOf(event.categories())));
    }

    private List<Integer> movements(RandomEvent random) {
        AccessEvent event = random.event();
        boolean stores = EnumSet.of(Operation.WRITE, Operation.REPLICATE, Operation.UNKNOWN)
                .contains(event.operation());
        String site = event.destination().site();
        String country = event.destination().country();
        List<Integer> found = new ArrayList<>(at(Movement.Kind.READ_AT, event.originSite(), event, null));
        if (stores && site == null && country == null) {
            found.addAll(at(Movement.Kind.STORED_AT, event.originSite(), event, null));
        }
        if (site != null) {
            found.addAll(at(Movement.Kind.SENT_TO_SITE, site, event, null));
            if (stores) {
                found.addAll(at(Movement.Kind.REPLICATED_TO_SITE, site, event, null));
            }
            if (country != null) {
                found.addAll(at(Movement.Kind.SENT_TO_SITE_IN_COUNTRY, site, event, country));
            }
        }
        if (country != null) {
            found.addAll(in(Movement.Kind.SENT_TO_COUNTRY, country));
            if (stores && site == null) {
                found.addAll(in(Movement.Kind.STORED_IN_COUNTRY, country));
            }
        }
        if (event.actor().isPerson()) {
            if (random.location() instanceof Lookup.Known<EmployeeLocation> known) {
                found.addAll(in(Movement.Kind.READ_FROM_COUNTRY, known.value().country()));
            } else {
                Movement.Kind kind = random.location() instanceof Lookup.BeyondHistory
                        ? Movement.Kind.READ_FROM_NOT_KEPT
                        : Movement.Kind.READ_FROM_NOBODY_KNOWS_WHERE;
                found.addAll(all(movement -> movement.kind() == kind));
            }
        }
        return found;
    }

    private List<Integer> at(Movement.Kind kind, String site, AccessEvent event, @Nullable String country) {
        boolean moved = countriesOf(site).size() > 1;
        return all(movement -> movement.kind() == kind
                && (!moved || movement.origin().equals(site))
                && (moved || countriesOf(movement.origin()).size() < 2)
                && (country == null
                        || (moved
                                ? country.equals(movement.destination().country())
                                : countriesOf(site).contains(country)))
                && alike(policy -> sameSite(policy, movement.origin(), movement.at(), site, event.occurredAt())));
    }

    private boolean sameSite(Policy policy, String known, Instant at, String site, Instant t) {
        Optional<Site> one = policy.site(known);
        Optional<Site> other = policy.site(site);
        return one.isPresent() == other.isPresent()
                && (one.isEmpty()
                        || (one.get().isEnclaveAt(at) == other.get().isEnclaveAt(t)
                                && one.get().isLegacyAt(at) == other.get().isLegacyAt(t)
                                && sameRecipient(
                                        one.get().country(), other.get().country())));
    }

    private List<Integer> in(Movement.Kind kind, String country) {
        return all(movement ->
                movement.kind() == kind && sameRecipient(movement.countries().get(0), country));
    }

    private boolean sameRecipient(String one, String other) {
        return alike(policy -> policy.inRegion(one) == policy.inRegion(other)
                && policy.terms().denied().stream()
                        .allMatch(row -> row.destinations().contains(one)
                                == row.destinations().contains(other)));
    }

    /** Where the event's data goes by this movement of it. */
    private List<String> ownCountries(RandomEvent random, int movement) {
        AccessEvent event = random.event();
        return switch (walked.movements().get(movement).kind()) {
            case SENT_TO_SITE, REPLICATED_TO_SITE, SENT_TO_SITE_IN_COUNTRY ->
                List.copyOf(countriesOf(String.valueOf(event.destination().site())));
            case SENT_TO_COUNTRY, STORED_IN_COUNTRY ->
                List.of(String.valueOf(event.destination().country()));
            case READ_FROM_COUNTRY ->
                random.location() instanceof Lookup.Known<EmployeeLocation> known
                        ? List.of(known.value().country())
                        : List.of();
            default -> List.of();
        };
    }

    private Set<String> countriesOf(String site) {
        Set<String> countries = new java.util.LinkedHashSet<>();
        policies.forEach(policy -> policy.site(site).map(Site::country).ifPresent(countries::add));
        return countries;
    }

    private static Set<GatewayState> gateways(RandomEvent random, List<String> countries) {
        AccessEvent event = random.event();
        if (event.gateway() == null) {
            return EnumSet.of(GatewayState.NONE);
        }
        if (!(random.gateway() instanceof Lookup.Known<GatewayApproval> known)) {
            return EnumSet.of(
                    random.gateway() instanceof Lookup.BeyondHistory ? GatewayState.NOT_KEPT : GatewayState.UNKNOWN);
        }
        GatewayApproval approval = known.value();
        Set<GatewayState> states = EnumSet.of(GatewayState.APPROVED);
        if (approval.status() != GatewayStatus.APPROVED) {
            states.add(GatewayState.SUSPENDED);
            states.add(GatewayState.REVOKED);
        }
        if (approval.validUntil() != null && !event.occurredAt().isBefore(approval.validUntil())) {
            states.add(GatewayState.EXPIRED);
        }
        if (event.categories().stream().anyMatch(one -> !GatewayApproval.covers(approval.categories(), one))) {
            states.add(GatewayState.OTHER_CATEGORY);
        }
        if (!GatewayApproval.covers(approval.purposes(), event.purpose())) {
            states.add(GatewayState.OTHER_PURPOSE);
        }
        if (!approval.reviewedBuilds().isEmpty()
                && !approval.reviewedBuilds().contains(event.gateway().buildDigest())) {
            states.add(GatewayState.UNREVIEWED_BUILD);
        }
        List<Boolean> covered = countries.stream()
                .map(country -> GatewayApproval.covers(approval.destinations(), country))
                .toList();
        if (covered.equals(List.of(true, false))) {
            states.add(GatewayState.APPROVED_FOR_THE_FIRST);
        } else if (covered.equals(List.of(false, true))) {
            states.add(GatewayState.APPROVED_FOR_THE_SECOND);
        } else if (covered.contains(false)) {
            states.add(GatewayState.OTHER_DESTINATION);
        }
        return states;
    }

    private static ConsentState consent(RandomEvent random, List<String> countries) {
        if (!(random.consent() instanceof Lookup.Known<SubjectConsent> known)) {
            return random.consent() instanceof Lookup.BeyondHistory ? ConsentState.NOT_KEPT : ConsentState.NO_RECORD;
        }
        List<Boolean> agreed = countries.stream()
                .map(country -> known.value().allows(random.event().purpose(), country))
                .toList();
        if (agreed.equals(List.of(true, false))) {
            return ConsentState.GIVEN_FOR_THE_FIRST;
        } else if (agreed.equals(List.of(false, true))) {
            return ConsentState.GIVEN_FOR_THE_SECOND;
        }
        return agreed.contains(false) ? ConsentState.REFUSED : ConsentState.GIVEN;
    }

    private boolean alike(Predicate<Policy> question) {
        return policies.stream().allMatch(question);
    }

    private List<Integer> all(Predicate<Movement> wanted) {
        return IntStream.range(0, walked.movements().size())
                .filter(i -> wanted.test(walked.movements().get(i)))
                .boxed()
                .toList();
    }

    /** Exactly one is alike: the classes are a partition. */
    private static <T> int only(List<T> classes, Predicate<T> alike) {
        int[] found = IntStream.range(0, classes.size())
                .filter(i -> alike.test(classes.get(i)))
                .toArray();
        if (found.length != 1) {
            throw new AssertionError("expected one class, found " + found.length + " among " + classes);
        }
        return found[0];
    }
}
