package eu.cloverwatch.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Facts of a simulated world: versions, corrections, departures and tombstones of a few keys. */
final class SimulatedFacts {

    private final SimulatedDice dice;
    private final SimulatedClock clock;

    SimulatedFacts(SimulatedDice dice, SimulatedClock clock) {
        this.dice = dice;
        this.clock = clock;
    }

    /** A fact of any kind. */
    Arrival fact() {
        boolean tombstone = dice.oneIn(9);
        return switch (dice.below(3)) {
            case 0 -> {
                String id = dice.one("E-1", "E-2", "E-3");
                yield tombstone ? tombstone(Topic.EMPLOYEE_LOCATIONS, id) : location(id);
            }
            case 1 -> {
                String id = dice.one("S-1", "S-2", "S-3");
                yield tombstone ? tombstone(Topic.CONSENTS, id) : consent(id);
            }
            default -> {
                String id = dice.one("G-1", "G-2");
                yield tombstone ? tombstone(Topic.GATEWAYS, id) : approval(id);
            }
        };
    }

    private Arrival tombstone(Topic topic, String key) {
        return new Arrival(topic, key, new Arrival.Tombstone(), clock.any(dice));
    }

    private Arrival location(String id) {
        Instant effectiveFrom = effectiveFrom();
        EmployeeLocation location = Facts.location(
                id, dice.one("IE", "DE", "JP", "JP", "CN", "US"), effectiveFrom, recordedAt(effectiveFrom));
        location.setLeft(dice.oneIn(10));
        return arrival(Topic.EMPLOYEE_LOCATIONS, id, location, location.getRecordedAt());
    }

    private Arrival consent(String id) {
        Instant effectiveFrom = effectiveFrom();
        SubjectConsent consent = Facts.consent(id, effectiveFrom, recordedAt(effectiveFrom));
        consent.setResidenceCountry(dice.one("IE", "IE", "DE", "JP"));
        consent.setAgeBand(dice.one(AgeBand.ADULT, AgeBand.ADULT, AgeBand.MINOR, AgeBand.UNKNOWN));
        List<Grant> grants = new ArrayList<>();
        switch (dice.below(4)) {
            case 0 -> grants.add(Facts.granted("ADVERTISING"));
            case 1 -> grants.add(Facts.granted("ADVERTISING", dice.one("JP", "US", "CN")));
            case 2 -> grants.add(Facts.refused("ADVERTISING"));
            default -> {}
        }
        consent.setGrants(grants);
        return arrival(Topic.CONSENTS, id, consent, consent.getRecordedAt());
    }

    private Arrival approval(String id) {
        Instant effectiveFrom = effectiveFrom();
        GatewayApproval approval = Facts.approval(id, "*", effectiveFrom, recordedAt(effectiveFrom));
        approval.setStatus(dice.one(
                GatewayStatus.APPROVED,
                GatewayStatus.APPROVED,
                GatewayStatus.APPROVED,
                GatewayStatus.APPROVED,
                GatewayStatus.SUSPENDED,
                GatewayStatus.REVOKED));
        approval.setValidUntil(dice.oneIn(5) ? clock.any(dice) : null);
        approval.setDestinations(
                dice.one(List.of("*"), List.of("*"), List.of("*"), List.of("JP"), List.of("US", "CN")));
        approval.setCategories(dice.one(List.of("*"), List.of("*"), List.of("*"), List.of("EMAIL")));
        approval.setPurposes(dice.one(List.of("*"), List.of("*"), List.of("*"), List.of("SUPPORT")));
        approval.setReviewedBuilds(dice.one(List.of(), List.of(), List.of(), List.of(), List.of("b1")));
        return arrival(Topic.GATEWAYS, id, approval, approval.getRecordedAt());
    }

    /** Mostly a time of the world; now and then from before it, so that there is something to correct. */
    private Instant effectiveFrom() {
        return dice.oneIn(3) ? clock.start().minus(Duration.ofDays(10)) : clock.any(dice);
    }

    /** Often at once; late, ahead of time and twice at the same time otherwise. */
    private Instant recordedAt(Instant effectiveFrom) {
        return dice.oneIn(2) ? effectiveFrom : clock.any(dice);
    }

    /** A record that must be rejected and play no part. */
    Arrival invalid() {
        Instant at = clock.any(dice);
        switch (dice.below(4)) {
            case 0 -> {
                return new Arrival(
                        dice.one(Topic.CONSENTS, Topic.GATEWAYS, Topic.EMPLOYEE_LOCATIONS),
                        dice.one("S-1", "E-1", "G-1"),
                        new Arrival.Raw("no avro".getBytes(UTF_8)),
                        at);
            }
            case 1 -> {
                SpecificRecord contradiction =
                        Facts.consent("S-1", at, at, Facts.granted("ADVERTISING"), Facts.refused("ADVERTISING"));
                return arrival(Topic.CONSENTS, "S-1", contradiction, at);
            }
            case 2 -> {
                return arrival(Topic.EMPLOYEE_LOCATIONS, "E-1", Facts.location("E-1", "Japan", at, at), at);
            }
            default -> {
                return arrival(Topic.GATEWAYS, dice.oneOrNull("G-1", ""), Facts.approval("G-2", "*", at, at), at);
            }
        }
    }

    private static Arrival arrival(Topic topic, @Nullable String key, SpecificRecord record, Instant timestamp) {
        return new Arrival(topic, key, new Arrival.Value(record), timestamp);
    }
}
