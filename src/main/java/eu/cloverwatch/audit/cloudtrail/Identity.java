package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.ActorType;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who made a call, from CloudTrail's {@code userIdentity}. The id is the name a person would recognise, so that it can be the
 * employee id of a location feed: user name, or session name of an assumed role.
 *
 * @param id never empty; {@link #UNIDENTIFIED} where the record names nobody
 */
record Identity(ActorType type, String id) {

    /** Stands for nobody in particular. Such an access is kept, for it happened, and is judged as a person's. */
    static final String UNIDENTIFIED = "unidentified";

    /** @param identity {@code userIdentity} of a record, of any shape; may be missing */
    static Identity of(JsonNode identity) {
        ActorType type = typeOf(identity);
        return new Identity(
                type,
                candidates(identity, type).flatMap(Optional::stream).findFirst().orElse(UNIDENTIFIED));
    }

    private static ActorType typeOf(JsonNode identity) {
        return switch (identity.path("type").asText()) {
            case "IAMUser",
                    "Root",
                    "IdentityCenterUser",
                    "SAMLUser",
                    "WebIdentityUser",
                    "FederatedUser",
                    "AssumedRole",
                    "Role" -> ActorType.EMPLOYEE;
            case "AWSService" -> ActorType.SERVICE;
            case "" -> namesOnlyAService(identity) ? ActorType.SERVICE : ActorType.UNKNOWN;
            default -> ActorType.UNKNOWN;
        };
    }

    /** Some events by AWS itself carry no type, only {@code invokedBy} beside the account. */
    private static boolean namesOnlyAService(JsonNode identity) {
        return text(identity, "invokedBy").isPresent()
                && Stream.of("userName", "arn", "principalId")
                        .allMatch(field -> text(identity, field).isEmpty());
    }

    private static Stream<Optional<String>> candidates(JsonNode identity, ActorType type) {
        Stream<Optional<String>> first = switch (identity.path("type").asText()) {
            case "AssumedRole", "Role" -> Stream.of(session(identity), issuer(identity));
            // Every account has a root, and its `userName` is only the account's alias.
            case "Root" -> Stream.of(text(identity, "accountId").map(account -> "root:" + account));
            default -> type == ActorType.SERVICE ? Stream.of(text(identity, "invokedBy")) : Stream.of();
        };
        Stream<Optional<String>> rest = Stream.of(
                text(identity, "userName"),
                text(identity, "arn").map(arn -> afterLast(arn, arn.contains("/") ? '/' : ':')),
                text(identity.path("onBehalfOf"), "userId"),
                text(identity, "principalId"),
                text(identity, "accountId"),
                text(identity, "invokedBy"));
        return Stream.concat(first, rest).map(candidate -> candidate.filter(id -> !id.isEmpty()));
    }

    /** From {@code arn:aws:sts::1:assumed-role/ROLE/SESSION}, else {@code principalId}, {@code ID:SESSION}. */
    private static Optional<String> session(JsonNode identity) {
        return text(identity, "arn")
                .filter(arn -> arn.contains(":assumed-role/"))
                .map(arn -> afterLast(arn, '/'))
                .or(() -> text(identity, "principalId")
                        .filter(id -> id.contains(":"))
                        .map(id -> afterLast(id, ':')));
    }

    private static Optional<String> issuer(JsonNode identity) {
        return text(identity.path("sessionContext").path("sessionIssuer"), "userName");
    }

    private static String afterLast(String text, char separator) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    private static Optional<String> text(JsonNode node, String field) {
        return Json.text(node.path(field));
    }
}
