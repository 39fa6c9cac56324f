package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectConsent.Grant;
import eu.cloverwatch.model.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of the subject's consent to the purpose. */
enum ConsentState {
    GIVEN("consent given"),
    GIVEN_FOR_THE_FIRST("consent given for one of two countries"),
    GIVEN_FOR_THE_SECOND("consent given for the other of two countries"),
    GIVEN_ELSEWHERE("consent given for another country"),
    REFUSED("consent refused"),
    NO_RECORD("no record of the subject"),
    NOT_KEPT("consents of the time no longer kept");

    static final SubjectId SUBJECT = new SubjectId("S-1");

    private final String label;

    ConsentState(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** @param residence of the subject; null if nobody knows it: then there is no record, which would tell */
    boolean isPossible(Movement movement, @Nullable String residence) {
        if (this == NO_RECORD || this == NOT_KEPT) {
            return true;
        }
        return residence != null && (!isOfTwoCountries() || movement.countries().size() > 1);
    }

    boolean isOfTwoCountries() {
        return this == GIVEN_FOR_THE_FIRST || this == GIVEN_FOR_THE_SECOND;
    }

    Lookup<SubjectConsent> lookup(Movement movement, @Nullable String residence, boolean minor, String purpose) {
        if (this == NOT_KEPT) {
            return Lookup.beyondHistory();
        } else if (this == NO_RECORD || residence == null) {
            return Lookup.absent();
        }
        Instant from = movement.at().minus(Duration.ofDays(1));
        Grant grant = new Grant(purpose, this != REFUSED, destinations(movement.countries()));
        return new Lookup.Known<>(
                new SubjectConsent(
                        SUBJECT, residence, minor ? AgeBand.MINOR : AgeBand.ADULT, from, from, List.of(grant)),
                from);
    }

    private List<String> destinations(List<String> countries) {
        return switch (this) {
            case GIVEN_FOR_THE_FIRST -> countries.subList(0, 1);
            case GIVEN_FOR_THE_SECOND -> countries.subList(1, 2);
            case GIVEN_ELSEWHERE ->
                Stream.of("AQ", "BV", "HM")
                        .filter(country -> !countries.contains(country))
                        .limit(1)
                        .toList();
            default -> List.of();
        };
    }
}
