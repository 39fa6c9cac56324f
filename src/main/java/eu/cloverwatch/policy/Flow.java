package eu.cloverwatch.policy;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Finding;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.Judgement;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.model.Rule;
import eu.cloverwatch.model.Severity;
import eu.cloverwatch.model.SubjectConsent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The judgement of one event in its two steps: what can be said from the policy and the actor's location alone, which settles
 * most events, and what takes the subject's consents and the gateway's approval.
 */
public final class Flow {

    private final AccessEvent event;
    private final @Nullable Policy policy;
    private final Supplier<Lookup<EmployeeLocation>> locations;
    private @Nullable Lookup<EmployeeLocation> location;

    private Flow(AccessEvent event, @Nullable Policy policy, Supplier<Lookup<EmployeeLocation>> locations) {
        this.event = event;
        this.policy = policy;
        this.locations = locations;
    }

    /**
     * @param policy the revision in force at the event's time, null if none is
     * @param location of the actor at the event's time; not looked at for a service
     */
    public static Flow of(AccessEvent event, @Nullable Policy policy, Lookup<EmployeeLocation> location) {
        return new Flow(event, policy, () -> location);
    }

    /**
     * As the other.
     *
     * @param location asked for once at most, and not at all where it can make no difference
     */
    public static Flow of(AccessEvent event, @Nullable Policy policy, Supplier<Lookup<EmployeeLocation>> location) {
        return new Flow(event, policy, location);
    }

    private Lookup<EmployeeLocation> location() {
        if (location == null) {
            location = locations.get();
        }
        return location;
    }

    /**
     * How the event ends if no consent and no approval can change it: OUT_OF_SCOPE, EXEMPT or IN_REGION. Empty if
     * {@link #conclude} has to say.
     */
    public Optional<Outcome> settled() {
        boolean recordMayTellCountry =
                event.subject().country() == null && event.subject().id() != null;
        if (policy == null || recordMayTellCountry) {
            return Optional.empty();
        }
        Outcome free =
                outsideTheRules(policy, Optional.ofNullable(event.subject().country()));
        if (free != null) {
            return Optional.of(free);
        }
        Findings findings = new Findings(policy, event);
        boolean stays = outside(policy, findings).isEmpty() && findings.isEmpty();
        return stays ? Optional.of(Outcome.IN_REGION) : Optional.empty();
    }

    /**
     * The whole procedure.
     *
     * @param consent of the subject at the event's time; absent for a bulk access
     * @param gateway approval of the gateway that the event names, at the event's time; absent if it names none
     */
    public Judgement conclude(Lookup<SubjectConsent> consent, Lookup<GatewayApproval> gateway) {
        if (policy == null) {
            return policyAbsent(consent);
        }
        Optional<String> country = subjectCountry(consent);
        Outcome free = outsideTheRules(policy, country);
        if (free != null) {
            return new Judgement(free, List.of(), known(policy, consent, gateway, null));
        }
        Findings findings = new Findings(policy, event);
        Map<String, String> outside = outside(policy, findings);
        if (!outside.isEmpty()) {
            new Egress(event, policy, outside, findings).examine(consent, gateway, isMinor(consent));
        }
        if (country.isEmpty() && (!outside.isEmpty() || !findings.isEmpty())) {
            subjectCountryUnknown(findings, consent);
        }
        String destination =
                outside.isEmpty() ? null : outside.keySet().iterator().next();
        return new Judgement(
                outcome(findings, outside),
                findings.of(isMinor(consent)),
                known(policy, consent, gateway, destination));
    }

    /** OUT_OF_SCOPE or EXEMPT; null: the rules are about this event. */
    private @Nullable Outcome outsideTheRules(Policy inForce, Optional<String> country) {
        if (country.isPresent() && !inForce.protects(country.get())) {
            return Outcome.OUT_OF_SCOPE;
        }
        return inForce.isExempt(event.protection(), event.categories()) ? Outcome.EXEMPT : null;
    }

    /** The countries outside that the data reaches, each with what is there; what is wrong with places becomes a finding. */
    private Map<String, String> outside(Policy inForce, Findings findings) {
        Places places = new Places(event, inForce, findings);
        places.storage();
        return places.outside(this::location);
    }

    private static Outcome outcome(Findings findings, Map<String, String> outside) {
        if (findings.isEmpty()) {
            return outside.isEmpty() ? Outcome.IN_REGION : Outcome.GATEWAY_APPROVED;
        }
        return findings.anyDecided() ? Outcome.VIOLATION : Outcome.UNDECIDABLE;
    }

    private Judgement policyAbsent(Lookup<SubjectConsent> consent) {
        Finding finding = new Finding(
                Rule.POLICY_ABSENT,
                Severity.MEDIUM,
                "no policy was in force at the time of the event",
                "put a policy in force that covers the time of the event");
        return new Judgement(Outcome.UNDECIDABLE, List.of(finding), known(null, consent, Lookup.absent(), null));
    }

    private void subjectCountryUnknown(Findings findings, Lookup<SubjectConsent> consent) {
        if (consent instanceof Lookup.BeyondHistory) {
            findings.add(
                    Rule.HISTORY_EXPIRED,
                    "the event does not name the subject's country, and the subject's record of that time is no longer kept",
                    "name the subject's country in the event");
        } else {
            findings.add(
                    Rule.SUBJECT_COUNTRY_UNKNOWN,
                    "neither the event nor a record tells in which country the subject lives",
                    "name the subject's country in the event");
        }
    }

    private Optional<String> subjectCountry(Lookup<SubjectConsent> consent) {
        String named = event.subject().country();
        if (named != null) {
            return Optional.of(named);
        }
        return consent instanceof Lookup.Known<SubjectConsent> k
                ? Optional.of(k.value().residenceCountry())
                : Optional.empty();
    }

    private @Nullable Boolean minor(Lookup<SubjectConsent> consent) {
        Boolean named = event.subject().minor();
        if (named != null || !(consent instanceof Lookup.Known<SubjectConsent> k)) {
            return named;
        }
        return switch (k.value().ageBand()) {
            case MINOR -> true;
            case ADULT -> false;
            case UNKNOWN -> null;
        };
    }

    /** Nothing known is no minor, on purpose: else every bulk access would be one. */
    private boolean isMinor(Lookup<SubjectConsent> consent) {
        return Boolean.TRUE.equals(minor(consent));
    }

    private Judgement.Known known(
            @Nullable Policy inForce,
            Lookup<SubjectConsent> consent,
            Lookup<GatewayApproval> gateway,
            @Nullable String destinationCountry) {
        return new Judgement.Known(
                inForce == null ? null : inForce.sha256(),
                subjectCountry(consent).orElse(null),
                minor(consent),
                event.actor().isPerson() && location() instanceof Lookup.Known<EmployeeLocation> k
                        ? k.value().country()
                        : null,
                inForce == null
                        ? null
                        : inForce.site(event.originSite()).map(Site::country).orElse(null),
                destinationCountry,
                event.actor().isPerson() ? from(location()) : null,
                from(consent),
                from(gateway));
    }

    private static @Nullable Instant from(Lookup<?> lookup) {
        return lookup instanceof Lookup.Known<?> k ? k.effectiveFrom() : null;
    }
}
