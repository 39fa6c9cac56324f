package eu.cloverwatch.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The API as Confluent's reference documents it. */
@Timeout(60)
class RegistryServerTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String V1 =
            "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"a\",\"type\":\"string\"}]}";
    private static final String V2 = V1.replace("]}", ",{\"name\":\"b\",\"type\":\"long\",\"default\":0}]}");
    private static final String V3_INCOMPATIBLE = V1.replace("]}", ",{\"name\":\"c\",\"type\":\"long\"}]}");

    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;

    private record Answer(int status, JsonNode body) {}

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        new RegistryServer(server, "/registry");
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Answer send(String method, String path, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/registry" + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private JsonNode get(String path) throws Exception {
        Answer answer = send("GET", path, "");
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.body();
    }

    private Answer post(String path, String schema) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("schema", schema);
        return send("POST", path, body.toString());
    }

    private void assertFails(Answer answer, int status, int code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().path("error_code").asInt()).isEqualTo(code);
        assertThat(answer.body().path("message").asText()).isNotBlank();
    }

    @Test
    void idsFollowTheOrderOfRegistrationAndAreOfSchemasNotOfSubjects() throws Exception {
        assertThat(post("/subjects/one-value/versions", V1).body()).isEqualTo(JSON.readTree("{\"id\":1}"));
        assertThat(post("/subjects/one-value/versions", V2).body()).isEqualTo(JSON.readTree("{\"id\":2}"));
        assertThat(post("/subjects/one-value/versions", V1).body()).isEqualTo(JSON.readTree("{\"id\":1}"));
        assertThat(post("/subjects/two-value/versions", V2.replace(":", " : ")).body())
                .isEqualTo(JSON.readTree("{\"id\":2}"));

        assertThat(get("/subjects")).isEqualTo(JSON.readTree("[\"one-value\",\"two-value\"]"));
        assertThat(get("/subjects/one-value/versions")).isEqualTo(JSON.readTree("[1,2]"));
        assertThat(get("/schemas/ids/2/versions"))
                .isEqualTo(JSON.readTree(
                        "[{\"subject\":\"one-value\",\"version\":2},{\"subject\":\"two-value\",\"version\":1}]"));
        assertThat(get("/schemas/ids/2/subjects")).isEqualTo(JSON.readTree("[\"one-value\",\"two-value\"]"));
    }

    @Test
    void aVersionIsShownWithSubjectIdAndSchema() throws Exception {
        post("/subjects/one-value/versions", V1);
        JsonNode expected = JSON.createObjectNode()
                .put("subject", "one-value")
                .put("version", 1)
                .put("id", 1)
                .put("schema", V1);
        assertThat(get("/subjects/one-value/versions/1")).isEqualTo(expected);
        assertThat(get("/subjects/one-value/versions/latest")).isEqualTo(expected);
        assertThat(get("/subjects/one-value/versions/-1")).isEqualTo(expected);
        assertThat(post("/subjects/one-value", V1).body()).isEqualTo(expected);
        assertThat(get("/subjects/one-value/versions/1/schema")).isEqualTo(JSON.readTree(V1));
        assertThat(get("/schemas/ids/1").path("schema").asText()).isEqualTo(V1);
        assertThat(get("/schemas/ids/1/schema")).isEqualTo(JSON.readTree(V1));
    }

    @Test
    void whatIsNotThereHasConfluentsCodes() throws Exception {
        post("/subjects/one-value/versions", V1);
        assertFails(send("GET", "/subjects/none/versions", ""), 404, 40401);
        assertFails(send("GET", "/subjects/one-value/versions/9", ""), 404, 40402);
        assertFails(send("GET", "/subjects/one-value/versions/zero", ""), 422, 42202);
        assertFails(send("GET", "/schemas/ids/9", ""), 404, 40403);
        assertFails(send("GET", "/schemas/ids/99999999999", ""), 404, 40403);
        assertFails(post("/subjects/none", V1), 404, 40401);
        assertFails(post("/subjects/one-value", V2), 404, 40403);
        assertFails(send("GET", "/nothing", ""), 404, 404);
        assertFails(send("DELETE", "/subjects/one-value", ""), 405, 405);
    }

    @Test
    void badRequestsAreRefused() throws Exception {
        assertFails(post("/subjects/one-value/versions", "{\"type\":\"nonsense\"}"), 422, 42201);
        assertFails(send("POST", "/subjects/one-value/versions", "{"), 400, 400);
        assertFails(send("POST", "/subjects/one-value/versions", ""), 422, 42201);
        assertFails(
                send("POST", "/subjects/p-value/versions", "{\"schemaType\":\"PROTOBUF\",\"schema\":\"\"}"),
                422,
                42201);
        assertFails(send("POST", "/subjects/big/versions", "x".repeat((1 << 20) + 1)), 413, 413);
        assertThat(get("/subjects")).isEmpty();
    }

    @Test
    void anIncompatibleVersionIsAConflict() throws Exception {
        post("/subjects/one-value/versions", V1);
        assertFails(post("/subjects/one-value/versions", V3_INCOMPATIBLE), 409, 409);
        assertThat(get("/subjects/one-value/versions")).isEqualTo(JSON.readTree("[1]"));

        String latest = "/compatibility/subjects/one-value/versions/latest";
        assertThat(post(latest, V2).body()).isEqualTo(JSON.readTree("{\"is_compatible\":true}"));
        assertThat(post(latest, V3_INCOMPATIBLE).body()).isEqualTo(JSON.readTree("{\"is_compatible\":false}"));
        assertThat(post(latest + "?verbose=true", V3_INCOMPATIBLE).body().path("messages"))
                .hasSize(1);
        assertFails(post("/compatibility/subjects/none/versions/latest", V1), 404, 40401);
    }

    @Test
    void compatibilityIsBackwardUntilSetOtherwise() throws Exception {
        assertThat(get("/config").path("compatibilityLevel").asText()).isEqualTo("BACKWARD");
        assertFails(send("GET", "/config/one-value", ""), 404, 40408);
        assertThat(get("/config/one-value?defaultToGlobal=true")
                        .path("compatibilityLevel")
                        .asText())
                .isEqualTo("BACKWARD");

        assertThat(send("PUT", "/config/one-value", "{\"compatibility\":\"FORWARD\"}")
                        .body())
                .isEqualTo(JSON.readTree("{\"compatibility\":\"FORWARD\"}"));
        assertThat(get("/config/one-value").path("compatibilityLevel").asText()).isEqualTo("FORWARD");
        assertFails(send("PUT", "/config", "{\"compatibility\":\"SIDEWAYS\"}"), 422, 42203);

        post("/subjects/one-value/versions", V1);
        assertThat(post("/subjects/one-value/versions", V3_INCOMPATIBLE).status())
                .isEqualTo(200);
        assertThat(send("PUT", "/config", "{\"compatibility\":\"NONE\"}").status())
                .isEqualTo(200);
        post("/subjects/two-value/versions", V1);
        assertThat(post("/subjects/two-value/versions", "\"string\"").status()).isEqualTo(200);
    }

    @Test
    void transitiveLevelsLookAtEveryVersion() throws Exception {
        String renamed =
                V2.replace("\"a\"", "\"d\"").replace("\"type\":\"string\"", "\"type\":\"string\",\"default\":\"\"");
        String again = V1.replace("\"string\"", "\"int\",\"default\":0");
        for (String level : new String[] {"BACKWARD", "BACKWARD_TRANSITIVE"}) {
            String subject = "/subjects/" + level + "/versions";
            send("PUT", "/config/" + level, "{\"compatibility\":\"" + level + "\"}");
            post(subject, V1);
            assertThat(post(subject, renamed).status()).isEqualTo(200);
            assertThat(post(subject, again).status()).isEqualTo(level.equals("BACKWARD") ? 200 : 409);
        }
    }

    @Test
    void subjectsAreDecoded() throws Exception {
        post("/subjects/a%20topic%2F1%2B%C3%BC+-value/versions", V1);
        assertThat(get("/subjects").path(0).asText()).isEqualTo("a topic/1+ü+-value");
        assertFails(send("GET", "/subjects/%41/versions", ""), 404, 40401);
    }

    @Test
    void clientsFindWhatTheyAskForAtTheStart() throws Exception {
        assertThat(get("/")).isEqualTo(JSON.readTree("{}"));
        assertThat(get("")).isEqualTo(JSON.readTree("{}"));
        assertThat(get("/schemas/types")).isEqualTo(JSON.readTree("[\"AVRO\"]"));
        assertThat(get("/mode").path("mode").asText()).isEqualTo("READWRITE");
        assertFails(send("GET", "y", ""), 404, 404);
    }
}
