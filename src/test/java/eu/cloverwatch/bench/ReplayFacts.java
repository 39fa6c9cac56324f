package eu.cloverwatch.bench;

import eu.cloverwatch.policy.PolicyDocument;
import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayStatus;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.PolicyRevision;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/** What the events of a {@link ReplayWorld} are judged with. All of it was recorded when it came into effect. */
final class ReplayFacts {

    static final String REVOKED = "G-revoked";

    private static final int APPROVED_GATEWAYS = 8;
    private static final int AT_HOME = 4_500;
    private static final int ABROAD = 500;
    private static final int MOVES = 4;
    private static final Instant EARLIER = ReplayWorld.FROM.minus(Duration.ofDays(200));

    private ReplayFacts() {}

    static String subjectId(long subject) {
        return "subject-" + (1_000_000_000L + subject);
    }

    static String residence(long subject) {
        return inRegion(subject);
    }

    static boolean consentsToAdvertising(long subject) {
        return subject % 2 == 0;
    }

    /** An employee who moves, but never out of the region. */
    static String atHome(long drawn) {
        return "E-" + drawn % AT_HOME;
    }

    /** An employee who is in the US all the time. */
    static String abroad(long drawn) {
        return "E-abroad-" + drawn % ABROAD;
    }

    /** One that is approved for the US, any category and any purpose. */
    static String approvedGateway(long number) {
        return "G-" + number % APPROVED_GATEWAYS;
    }

    /** All but the consents. */
    static void small(Consumer<Arrival> sink) {
        sink.accept(policy());
        gateways().forEach(sink);
        locations().forEach(sink);
    }

    static Arrival consent(long subject) {
        SubjectConsent consent = new SubjectConsent(
                subjectId(subject),
                residence(subject),
                AgeBand.ADULT,
                EARLIER,
                EARLIER,
                List.of(
                        new Grant("ADVERTISING", consentsToAdvertising(subject), List.of()),
                        new Grant("PERSONALISATION", true, List.of("IE", "NO"))));
        return arrival(Topic.CONSENTS, consent.getSubjectId(), consent, EARLIER);
    }

    private static Arrival policy() {
        PolicyDocument document = PolicyDocument.defaultPolicy();
        String id = document.policy().policyId();
        Instant from = document.effectiveFrom();
        PolicyRevision revision =
                new PolicyRevision(id, from, from, "test", document.policy().sha256(), document.text());
        return arrival(Topic.POLICIES, id, revision, from);
    }

    private static Stream<Arrival> gateways() {
        return Stream.concat(
                LongStream.range(0, APPROVED_GATEWAYS)
                        .mapToObj(i -> gateway(approvedGateway(i), GatewayStatus.APPROVED)),
                Stream.of(gateway(REVOKED, GatewayStatus.REVOKED)));
    }

    private static Arrival gateway(String id, GatewayStatus status) {
        List<String> any = List.of("*");
        GatewayApproval approval = new GatewayApproval(
                id, "dublin-1", status, "partner", EARLIER, null, EARLIER, List.of("US"), any, any, List.of());
        return arrival(Topic.GATEWAYS, id, approval, EARLIER);
    }

    private static Stream<Arrival> locations() {
        return Stream.concat(
                LongStream.range(0, AT_HOME)
                        .boxed()
                        .flatMap(i -> LongStream.range(0, MOVES)
                                .mapToObj(move -> location(atHome(i), inRegion(i + move), move))),
                LongStream.range(0, ABROAD).mapToObj(i -> location(abroad(i), "US", 0)));
    }

    private static Arrival location(String employee, String country, long move) {
        Instant at = EARLIER.plus(Duration.ofDays(50 * move));
        EmployeeLocation location =
                new EmployeeLocation(employee, country, null, null, at, at, LocationSource.HR, false);
        return arrival(Topic.EMPLOYEE_LOCATIONS, employee, location, at);
    }

    private static String inRegion(long drawn) {
        return ReplayWorld.REGION.get((int) (drawn % ReplayWorld.REGION.size()));
    }

    private static Arrival arrival(Topic topic, String key, SpecificRecord record, Instant timestamp) {
        return new Arrival(topic, key, new Arrival.Value(record), timestamp);
    }
}
