package eu.cloverwatch.demo;

import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The data subjects, what each has consented to at any time, and the records of the consent service. */
final class Population {

    static final String ADVERTISING = "ADVERTISING";
    static final String PERSONALISATION = "PERSONALISATION";

    private static final Instant SERVICE_BEGINS = Instant.parse("2023-03-08T00:00:00Z");
    private static final int TRIES = 200;

    private final List<Person> people = new ArrayList<>();
    private final List<Arrival> facts = new ArrayList<>();

    /**
     * @param id the key of the consents topic
     * @param decisions in order of time
     */
    record Person(String id, String home, boolean minor, List<Decision> decisions) {

        /** What the consent service knows; null before the first decision, without any, and after erasure. */
        @Nullable Decision known(Instant at) {
            Decision known = null;
            for (Decision decision : decisions) {
                if (decision.from().isAfter(at)) {
                    break;
                }
                known = decision;
            }
            return known == null || known.erased() ? null : known;
        }

        String countryAt(Instant at) {
            Decision known = known(at);
            return known == null ? home : known.residence();
        }

        boolean isProtected(Instant at) {
            return Geography.isInside(countryAt(at));
        }

        boolean agreed(Instant at, String purpose, String country) {
            Decision known = known(at);
            return known != null
                    && known.grants().stream()
                            .anyMatch(grant -> grant.getGranted()
                                    && grant.getPurpose().equals(purpose)
                                    && (grant.getDestinations().isEmpty()
                                            || grant.getDestinations().contains(country)));
        }
    }

    /**
     * @param from inclusive, until the next
     * @param erased GDPR Art. 17: a tombstone; what else is in this decision does not count
     */
    record Decision(Instant from, String residence, List<Grant> grants, boolean erased) {}

    Population(Dice dice, int size) {
        for (int i = 0; i < size; i++) {
            people.add(person(dice, "S-%06d".formatted(i + 1)));
        }
    }

    private Person person(Dice dice, String id) {
        String home = dice.percent(72)
                ? Geography.REGION.get((int) (Geography.REGION.size() * Math.pow(dice.fraction(), 2)))
                : dice.pick(Geography.UNPROTECTED);
        Person person = new Person(id, home, dice.percent(14), new ArrayList<>());
        if (dice.percent(90)) {
            Instant at = dice.percent(85)
                    ? dice.minute(SERVICE_BEGINS, Geography.START)
                    : dice.minute(Geography.START, Geography.START.plus(Duration.ofDays(90)));
            decide(dice, person, at, home);
            changeMind(dice, person, at.isBefore(Geography.START) ? Geography.START : at);
        }
        return person;
    }

    private void changeMind(Dice dice, Person person, Instant after) {
        Instant at = after;
        String residence = person.home();
        for (int changes = dice.percent(30) ? dice.between(1, 3) : 0; changes > 0; changes--) {
            at = at.plus(Duration.ofMinutes(dice.between(1440, 50 * 1440)));
            if (at.isAfter(Geography.END)) {
                return;
            }
            if (dice.percent(6)) {
                residence = dice.pick(dice.percent(50) ? Geography.REGION : Geography.UNPROTECTED);
            }
            decide(dice, person, at, residence);
        }
        Instant erased = at.plus(Duration.ofDays(dice.between(5, 120)));
        if (dice.percent(6) && erased.isBefore(Geography.END)) {
            person.decisions().add(new Decision(erased, residence, List.of(), true));
            facts.add(new Arrival(Topic.CONSENTS, person.id(), new Arrival.Tombstone(), erased));
        }
    }

    private void decide(Dice dice, Person person, Instant from, String residence) {
        List<Grant> grants = new ArrayList<>();
        for (String purpose : List.of(ADVERTISING, PERSONALISATION)) {
            if (dice.percent(90)) {
                boolean granted = dice.percent(65);
                grants.add(new Grant(
                        purpose, granted, granted && dice.percent(40) ? dice.few(Geography.REMOTE) : List.of()));
            }
        }
        person.decisions().add(new Decision(from, residence, grants, false));
        Instant recordedAt = from.minusMillis(dice.between(0, 60_000));
        AgeBand age = person.minor() ? AgeBand.MINOR : AgeBand.ADULT;
        SubjectConsent consent = new SubjectConsent(person.id(), residence, age, from, recordedAt, grants);
        facts.add(new Arrival(Topic.CONSENTS, person.id(), new Arrival.Value(consent), recordedAt));
    }

    List<Arrival> facts() {
        return facts;
    }

    List<Person> people() {
        return people;
    }

    /** Null if none is found in a number of tries that does not grow with the population. */
    @Nullable Person someone(Dice dice, Predicate<Person> wanted) {
        for (int i = 0; i < TRIES; i++) {
            Person person = dice.pick(people);
            if (wanted.test(person)) {
                return person;
            }
        }
        return null;
    }
}
