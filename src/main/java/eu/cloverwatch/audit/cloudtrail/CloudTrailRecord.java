package eu.cloverwatch.audit.cloudtrail;

import com.fasterxml.jackson.databind.JsonNode;
import eu.cloverwatch.model.InvalidRecordException;
import eu.cloverwatch.model.Times;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One record of CloudTrail, with the fields that every event must have.
 *
 * @param source {@code eventSource}, for example {@code s3.amazonaws.com}
 * @param name {@code eventName}, for example {@code GetObject}
 * @param region {@code awsRegion}, for example {@code eu-west-1}
 * @param json the whole record; all else in it may be missing, null or of another shape
 */
record CloudTrailRecord(String id, Instant occurredAt, String source, String name, String region, JsonNode json) {

    private static final Pattern REGION = Pattern.compile("[a-z0-9-]{1,64}");
    private static final Pattern WITHOUT_ZONE = Pattern.compile(".*[T ][0-9:.]+", Pattern.DOTALL);

    /** @throws InvalidRecordException naming the field that is missing or unusable, without its value */
    static CloudTrailRecord of(JsonNode json) {
        if (!json.isObject()) {
            throw new InvalidRecordException("expected a record as a JSON object");
        }
        String region = needed(json, "awsRegion");
        if (!REGION.matcher(region).matches()) {
            throw new InvalidRecordException("awsRegion", "a region as eu-west-1");
        }
        return new CloudTrailRecord(
                needed(json, "eventID"),
                time(needed(json, "eventTime")),
                needed(json, "eventSource"),
                needed(json, "eventName"),
                region,
                json);
    }

    private static String needed(JsonNode json, String field) {
        return Json.text(json.path(field)).orElseThrow(() -> new InvalidRecordException(field, "a text"));
    }

    /** CloudTrail's times are UTC; CloudTrail Lake and Athena leave the zone out and have a space for the T. */
    private static Instant time(String text) {
        String withZone = WITHOUT_ZONE.matcher(text).matches() ? text.replace(' ', 'T') + "Z" : text;
        try {
            return Times.parse(withZone);
        } catch (IllegalArgumentException e) {
            throw new InvalidRecordException("eventTime", "a time as YYYY-MM-DDThh:mm:ssZ");
        }
    }

    /** Whether AWS refused the call or it failed: then no data moved. */
    boolean failed() {
        return Json.text(json.path("errorCode")).isPresent();
    }

    boolean readOnly() {
        return json.path("readOnly").asBoolean(false);
    }

    /**
     * What the call was about, as far as the record says: each ARN of {@code resources}, and each text in
     * {@code requestParameters} and {@code serviceEventDetails}; an S3 object also as ARN.
     */
    List<String> resources() {
        List<String> resources = new ArrayList<>();
        json.path("resources")
                .forEach(resource -> Json.text(resource.path("ARN")).ifPresent(resources::add));
        JsonNode parameters = json.path("requestParameters");
        Json.text(parameters.path("bucketName"))
                .ifPresent(bucket -> Json.text(parameters.path("key"))
                        .ifPresent(key -> resources.add("arn:aws:s3:::" + bucket + "/" + key)));
        eachText(parameters, resources::add);
        eachText(json.path("serviceEventDetails"), resources::add);
        return resources;
    }

    private static void eachText(JsonNode node, Consumer<String> found) {
        Json.text(node).ifPresent(found);
        node.forEach(child -> eachText(child, found));
    }
}
