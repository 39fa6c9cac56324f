package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.ActorType;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.GatewayApproval;
import eu.cloverwatch.model.GatewayStatus;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.PolicyRevision;
import eu.cloverwatch.model.Protection;
import eu.cloverwatch.model.Sha256;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectConsent.Grant;
import eu.cloverwatch.model.SubjectId;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Every field of an Avro record arrives in the domain, or the record is refused. */
class ModelRecordsTest {

    private static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
    private static final Instant RECORDED = Instant.parse("2024-01-02T00:00:00Z");

    private static <T extends SpecificRecord> T read(Topic topic, Class<T> type, String json, String... changes) {
        return type.cast(
                JsonRecords.read(Json.changed(json, changes), topic.schema().orElseThrow()));
    }

    private static AccessEvent event(String... changes) {
        return ModelRecords.accessEvent(
                read(Topic.ACCESS_EVENTS, eu.cloverwatch.v1.AccessEvent.class, Json.EVENT, changes));
    }

    @Test
    void anAccessEvent() {
        assertThat(event(
                        "actor={'type': 'SERVICE', 'id': 'ads', 'source_ip': '192.0.2.1'}",
                        "subject={'id': 'S-1', 'country': 'DE', 'count': 3, 'minor': true}",
                        "destination={'site': 'paris', 'country': 'FR'}",
                        "gateway={'id': 'G-7', 'pass_id': 'P-1', 'build_digest': 'sha256:a'}",
                        "trace_id='t-1'"))
                .isEqualTo(new AccessEvent(
                        "e-1",
                        Instant.parse("2024-06-05T09:00:00Z"),
                        "profile-api",
                        Operation.READ,
                        new AccessEvent.Actor(ActorType.SERVICE, "ads", "192.0.2.1"),
                        new AccessEvent.Subject(new SubjectId("S-1"), "DE", 3, true),
                        List.of("EMAIL"),
                        Protection.RAW,
                        1,
                        512,
                        "dublin-1",
                        new AccessEvent.Destination("paris", "FR"),
                        new AccessEvent.GatewayUse("G-7", "P-1", "sha256:a"),
                        "SUPPORT",
                        "t-1"));
    }

    @Test
    void anAccessEventWithoutWhatMayBeMissing() {
        AccessEvent event = event("subject={}", "destination");

        assertThat(event.subject()).isEqualTo(new AccessEvent.Subject(null, null, 1, null));
        assertThat(event.destination()).isEqualTo(AccessEvent.Destination.NONE);
        assertThat(event.gateway()).isNull();
        assertThat(event.traceId()).isNull();
    }

    @Test
    void whatBreaksTheContractIsRefusedByField() {
        refused("event_id: expected 1 to 128 code points", "event_id=''");
        refused("categories: expected at least one category", "categories=[]");
        refused("record_count: expected a number that is not negative", "record_count=-1");
        refused("subject.id: expected Unicode text, not half a surrogate pair", "subject.id='\\ud83d'");
        refused(
                "destination.country: expected an ISO 3166-1 alpha-2 country code in capitals",
                "destination={'country': 'UK'}");
    }

    private static void refused(String message, String change) {
        assertThatThrownBy(() -> event(change))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage(message);
    }

    @Test
    void aLocationThereAndBack() {
        EmployeeLocation location = ModelRecords.employeeLocation(read(
                Topic.EMPLOYEE_LOCATIONS,
                eu.cloverwatch.v1.EmployeeLocation.class,
                Json.LOCATION,
                "site='paris'",
                "employer_country='US'",
                "left=true"));

        assertThat(location)
                .isEqualTo(new EmployeeLocation("E-1", "FR", "paris", "US", FROM, RECORDED, LocationSource.HR, true));
        assertThat(ModelRecords.employeeLocation(AvroRecords.employeeLocation(location)))
                .isEqualTo(location);
    }

    @Test
    void aConsent() {
        SubjectConsent consent = ModelRecords.subjectConsent(read(
                Topic.CONSENTS,
                eu.cloverwatch.v1.SubjectConsent.class,
                "{'subject_id': 'S-1', 'residence_country': 'DE', 'age_band': 'MINOR', 'effective_from': "
                        + "'2024-01-01T00:00:00Z', 'recorded_at': '2024-01-02T00:00:00Z', 'grants': [{'purpose': 'A', "
                        + "'granted': true, 'destinations': ['US']}, {'purpose': 'B', 'granted': false, "
                        + "'destinations': []}]}"));

        assertThat(consent)
                .isEqualTo(new SubjectConsent(
                        new SubjectId("S-1"),
                        "DE",
                        AgeBand.MINOR,
                        FROM,
                        RECORDED,
                        List.of(new Grant("A", true, List.of("US")), new Grant("B", false, List.of()))));
        assertThat(AvroRecords.grants(consent.grants()))
                .containsExactly(
                        new eu.cloverwatch.v1.Grant("A", true, List.of("US")),
                        new eu.cloverwatch.v1.Grant("B", false, List.of()));
        assertThat(AvroRecords.ageBand(consent.ageBand())).isEqualTo(eu.cloverwatch.v1.AgeBand.MINOR);
    }

    @Test
    void anApproval() {
        assertThat(ModelRecords.gatewayApproval(read(
                        Topic.GATEWAYS,
                        eu.cloverwatch.v1.GatewayApproval.class,
                        "{'gateway_id': 'G-7', 'site': 's', 'status': 'SUSPENDED', 'approved_by': 'p', 'effective_from': "
                                + "'2024-01-01T00:00:00Z', 'valid_until': '2024-12-31T00:00:00Z', 'recorded_at': "
                                + "'2024-01-02T00:00:00Z', 'destinations': ['*'], 'categories': ['c'], 'purposes': "
                                + "['u'], 'reviewed_builds': ['b']}")))
                .isEqualTo(new GatewayApproval(
                        "G-7",
                        "s",
                        GatewayStatus.SUSPENDED,
                        "p",
                        FROM,
                        Instant.parse("2024-12-31T00:00:00Z"),
                        RECORDED,
                        List.of("*"),
                        List.of("c"),
                        List.of("u"),
                        List.of("b")));
    }

    @Test
    void aPolicyRevision() {
        String sha256 = Sha256.hex("text");

        assertThat(ModelRecords.policyRevision(
                        new eu.cloverwatch.v1.PolicyRevision("p", FROM, RECORDED, "a", sha256, "text")))
                .isEqualTo(new PolicyRevision("p", FROM, RECORDED, "a", sha256, "text"));
    }
}
