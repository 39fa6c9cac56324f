package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.SubjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From a record and the catalog row that it matches to an access event. */
final class EventMapping {

    private EventMapping() {}

    /** @throws InvalidRecordException if the record has a value that the contract refuses, such as an overlong id */
    static AccessEvent toAccessEvent(CloudTrailRecord event, Catalog.Row row) {
        Operation operation =
                row.operation() != null ? row.operation() : OperationRules.operationOf(event.name(), event.readOnly());
        AccessEvent.Subject subject = subject(event, row.subject());
        return new AccessEvent(
                event.id(),
                event.occurredAt(),
                event.source(),
                operation,
                actor(event.json()),
                subject,
                row.categories(),
                row.protection(),
                subject.count(), // CloudTrail counts calls, not records: at least one for each person
                bytes(event.json().path("additionalEventData"), operation),
                Regions.siteOf(event.region()),
                row.destination(),
                row.gateway() == null ? null : new AccessEvent.GatewayUse(row.gateway(), null, null),
                row.purpose(),
                Json.text(event.json().path("requestID")).orElse(null));
    }

    private static AccessEvent.Actor actor(JsonNode json) {
        Identity identity = Identity.of(json.path("userIdentity"));
        @Nullable String address = Json.text(json.path("sourceIPAddress"))
                .filter(SourceAddress::isAddress)
                .orElse(null);
        return new AccessEvent.Actor(identity.type(), identity.id(), address);
    }

    /** A record that names the subject is about one person, whatever the row's count. */
    private static AccessEvent.Subject subject(CloudTrailRecord event, Catalog.People people) {
        Optional<SubjectId> id = Optional.ofNullable(people.idFrom())
                .map(path -> Json.at(event.json(), path))
                .flatMap(node -> node.isIntegralNumber() ? Optional.of(node.asText()) : Json.text(node))
                .map(SubjectId::new);
        return new AccessEvent.Subject(
                id.orElse(null), people.country(), id.isPresent() ? 1 : people.count(), people.minor());
    }

    /** S3 counts both directions, as whole or decimal numbers; other services do not count: 0. */
    private static long bytes(JsonNode data, Operation operation) {
        JsonNode bytes = data.path(operation == Operation.WRITE ? "bytesTransferredIn" : "bytesTransferredOut");
        return bytes.isNumber() && bytes.canConvertToLong() ? Math.max(0, bytes.longValue()) : 0;
    }
}
