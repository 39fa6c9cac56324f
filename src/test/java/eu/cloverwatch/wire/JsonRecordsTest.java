package eu.cloverwatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.v1.AccessEvent;
import eu.cloverwatch.v1.ActorType;
import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.GatewayApproval;
import eu.cloverwatch.v1.GatewayPass;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.v1.Operation;
import eu.cloverwatch.v1.Protection;
import eu.cloverwatch.v1.SubjectConsent;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line's JSON as the contract writes it, section 3. */
class JsonRecordsTest {

    private static final String APPROVAL = """
            {'gateway_id': 'G-7', 'site': 's', 'status': 'APPROVED', 'approved_by': 'p', \
            'effective_from': '2024-01-01T00:00:00Z', 'recorded_at': '2024-01-01T00:00:00Z', 'destinations': ['*'], \
            'categories': [], 'purposes': [], 'reviewed_builds': []}""";
    private static final String CONSENT = """
            {'subject_id': 'S-1', 'residence_country': 'DE', 'age_band': 'ADULT', 'effective_from': '2024-01-01T00:00:00Z', \
            'recorded_at': '2024-01-01T00:00:00Z', \
            'grants': [{'purpose': 'ADVERTISING', 'granted': true, 'destinations': ['US']}]}""";

    private static AccessEvent event(String... changes) {
        return (AccessEvent) JsonRecords.read(Json.changed(Json.EVENT, changes), AccessEvent.getClassSchema());
    }

    private static EmployeeLocation location(String... changes) {
        return (EmployeeLocation)
                JsonRecords.read(Json.changed(Json.LOCATION, changes), EmployeeLocation.getClassSchema());
    }

    @Test
    void halfASurrogatePairIsNoText() {
        assertThatThrownBy(() -> event("event_id='e-\\ud800'"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessage("event_id: expected Unicode text, not half a surrogate pair");
    }

    @Test
    void everyFieldIsRead() {
        AccessEvent event = event(
                "actor.source_ip='192.0.2.1'",
                "subject.count=3",
                "subject.minor=false",
                "categories=['EMAIL', 'NAME']",
                "destination={'site': 'paris', 'country': 'FR'}",
                "gateway={'id': 'G-7', 'pass_id': 'P-1', 'build_digest': 'sha256:a'}",
                "trace_id='t-1'");

        assertThat(event.getEventId()).isEqualTo("e-1");
        assertThat(event.getOccurredAt()).isEqualTo(Instant.parse("2024-06-05T09:00:00Z"));
        assertThat(event.getService()).isEqualTo("profile-api");
        assertThat(event.getOperation()).isEqualTo(Operation.READ);
        assertThat(event.getActor().getType()).isEqualTo(ActorType.EMPLOYEE);
        assertThat(event.getActor().getId()).isEqualTo("E-1");
        assertThat(event.getActor().getSourceIp()).isEqualTo("192.0.2.1");
        assertThat(event.getSubject().getId()).isEqualTo("S-1");
        assertThat(event.getSubject().getCountry()).isEqualTo("DE");
        assertThat(event.getSubject().getCount()).isEqualTo(3);
        assertThat(event.getSubject().getMinor()).isFalse();
        assertThat(event.getCategories()).containsExactly("EMAIL", "NAME");
        assertThat(event.getProtection()).isEqualTo(Protection.RAW);
        assertThat(event.getRecordCount()).isEqualTo(1);
        assertThat(event.getByteCount()).isEqualTo(512);
        assertThat(event.getOriginSite()).isEqualTo("dublin-1");
        assertThat(event.getDestination().getSite()).isEqualTo("paris");
        assertThat(event.getDestination().getCountry()).isEqualTo("FR");
        assertThat(event.getGateway().getId()).isEqualTo("G-7");
        assertThat(event.getGateway().getPassId()).isEqualTo("P-1");
        assertThat(event.getGateway().getBuildDigest()).isEqualTo("sha256:a");
        assertThat(event.getPurpose()).isEqualTo("SUPPORT");
        assertThat(event.getTraceId()).isEqualTo("t-1");
    }

    @Test
    void whatHasADefaultOrMayBeNullMayBeLeftOut() {
        AccessEvent event = event("destination", "subject={}");

        assertThat(event.getDestination().getSite()).isNull();
        assertThat(event.getDestination().getCountry()).isNull();
        assertThat(event.getSubject().getId()).isNull();
        assertThat(event.getSubject().getCountry()).isNull();
        assertThat(event.getSubject().getCount()).isEqualTo(1);
        assertThat(event.getSubject().getMinor()).isNull();
        assertThat(event.getGateway()).isNull();
        assertThat(event.getTraceId()).isNull();
        assertThat(location().getLeft()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event_id",
                "occurred_at",
                "service",
                "operation",
                "actor",
                "actor.type",
                "actor.id",
                "subject",
                "categories",
                "protection",
                "record_count",
                "byte_count",
                "origin_site",
                "purpose"
            })
    void whatIsRequiredMayNotBeMissing(String field) {
        refused(() -> event(field), field + ": expected a value, the field is missing");
    }

    @Test
    void nullIsAValueWhereTheSchemaSaysSo() {
        AccessEvent event = event(
                "subject.id=null",
                "subject.country=null",
                "subject.minor=null",
                "actor.source_ip=null",
                "destination={'site': null, 'country': null}",
                "gateway=null",
                "trace_id=null");

        assertThat(event.getSubject().getId()).isNull();
        assertThat(event.getGateway()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "event_id       | event_id: expected a string",
                "occurred_at    | occurred_at: expected a string",
                "operation      | operation: expected a string",
                "actor          | actor: expected a JSON object",
                "subject        | subject: expected a JSON object",
                "subject.count  | subject.count: expected a 64-bit integer",
                "destination    | destination: expected a JSON object",
                "categories     | categories: expected a JSON array",
                "record_count   | record_count: expected a 64-bit integer",
            })
    void nullIsNoValueElsewhere(String field, String message) {
        refused(() -> event(field + "=null"), message);
    }

    @Test
    void nullIsNoValueWhereOnlyADefaultIs() {
        refused(() -> location("left=null"), "left: expected true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0", "1.5", "1e3", "'1'", "true", "9223372036854775808", "-9223372036854775809", "[1]"})
    void countsAreIntegers(String value) {
        refused(() -> event("record_count=" + value), "record_count: expected a 64-bit integer");
    }

    @Test
    void countsGoUpToALong() {
        assertThat(event("record_count=9223372036854775807").getRecordCount()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void anEnumSymbolNewerThanThisVersionIsUnknown() {
        AccessEvent event = event("operation='PREVIEW'", "actor.type='CONTRACTOR'", "protection='TOKENISED'");

        assertThat(event.getOperation()).isEqualTo(Operation.UNKNOWN);
        assertThat(event.getActor().getType()).isEqualTo(ActorType.UNKNOWN);
        assertThat(event.getProtection()).isEqualTo(Protection.UNKNOWN);
        assertThat(location("source='hr'").getSource()).isEqualTo(LocationSource.UNKNOWN);
        refused(() -> location("source"), "source: expected a value, the field is missing");
        refused(() -> location("source=1"), "source: expected a string");
    }

    @Test
    void fieldsThatTheSchemaDoesNotKnowAreIgnored() {
        assertThat(event("labels={'team': [1, null]}", "actor.badge='x'")).isEqualTo(event());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-06-05", "2024-06-05T09:00:00", "yesterday", ""})
    void aTimeHasATimeAndAZone(String time) {
        assertThatThrownBy(() -> event("occurred_at='" + time + "'"))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageStartingWith("occurred_at: expected a time");
    }

    @Test
    void aNumberIsNoTime() {
        refused(() -> event("occurred_at=1717578000000"), "occurred_at: expected a string");
    }

    @Test
    void whatIsWrongInsideIsNamedByItsPlace() {
        refused(() -> event("categories=['EMAIL', null]"), "categories[1]: expected a string");
        refused(() -> event("categories='EMAIL'"), "categories: expected a JSON array");
        refused(() -> event("gateway={}"), "gateway.id: expected a value, the field is missing");
        refused(() -> event("gateway='G-7'"), "gateway: expected a JSON object");
        refused(() -> event("subject.minor='yes'"), "subject.minor: expected true or false");
        refused(
                () -> JsonRecords.read(
                        Json.changed(CONSENT, "grants=[{'purpose': 'A', 'destinations': []}]"),
                        SubjectConsent.getClassSchema()),
                "grants[0].granted: expected a value, the field is missing");
    }

    @Test
    void aRefusalDoesNotRepeatTheValue() {
        assertThatThrownBy(() -> event("subject.id=['S-secret']")).hasMessage("subject.id: expected a string");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "null", "'text'", "7"})
    void aRecordIsAnObject(String json) {
        JsonNode value = Json.object("{'x': " + json + "}").get("x");

        refused(() -> JsonRecords.read(value, AccessEvent.getClassSchema()), "record: expected a JSON object");
    }

    @Test
    void theOtherRecordsAreReadAlike() {
        GatewayApproval approval = (GatewayApproval) JsonRecords.read(
                Json.changed(APPROVAL, "valid_until='2024-12-31T00:00:00Z'"), GatewayApproval.getClassSchema());
        SubjectConsent consent =
                (SubjectConsent) JsonRecords.read(Json.object(CONSENT), SubjectConsent.getClassSchema());
        GatewayPass pass = (GatewayPass) JsonRecords.read(
                Json.object("{'pass_id': 'P', 'gateway_id': 'G', 'build_digest': 'b', 'actor_id': 'a', 'opened_at': "
                        + "'2024-01-01T00:00:00Z', 'destination_country': 'JP', 'bytes_out': 7}"),
                GatewayPass.getClassSchema());

        assertThat(approval.getValidUntil()).isEqualTo(Instant.parse("2024-12-31T00:00:00Z"));
        assertThat(approval.getDestinations()).containsExactly("*");
        assertThat(consent.getGrants().get(0).getGranted()).isTrue();
        assertThat(consent.getGrants().get(0).getDestinations()).containsExactly("US");
        assertThat(pass.getBytesOut()).isEqualTo(7);
        assertThat(pass.getClosedAt()).isNull();
    }

    private static void refused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(InvalidRecordException.class).hasMessage(message);
    }
}
