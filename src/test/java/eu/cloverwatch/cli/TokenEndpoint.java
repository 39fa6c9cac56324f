package eu.cloverwatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An identity provider: gives tokens for a client's id and secret (RFC 6749, 4.4), and the key that they are signed with. */
final class TokenEndpoint implements AutoCloseable {

    static final String AUDIENCE = "kafka";

    private static final Duration VALID = Duration.ofMinutes(5);

    private final HttpServer http;
    private final KeyPair keys;
    private final String expected;
    private final List<String> tokens = new CopyOnWriteArrayList<>();

    TokenEndpoint(String clientId, String clientSecret) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        this.keys = generator.generateKeyPair();
        this.expected = "Basic "
                + Base64.getEncoder().encodeToString((clientId + ":" + clientSecret).getBytes(StandardCharsets.UTF_8));
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.createContext("/token", this::token);
        http.createContext("/jwks", exchange -> answer(exchange, 200, keySet()));
        http.start();
    }

    String tokenUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/token";
    }

    String keysUrl() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/jwks";
    }

    /** All that were given. */
    List<String> tokens() {
        return List.copyOf(tokens);
    }

    private void token(HttpExchange exchange) throws IOException {
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            answer(exchange, 401, "{\"error\": \"invalid_client\"}");
            return;
        }
        String token = sign();
        tokens.add(token);
        answer(
                exchange,
                200,
                "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": " + VALID.toSeconds()
                        + "}");
    }

    private String sign() {
        long now = Instant.now().getEpochSecond();
        String content = encoded("{\"alg\": \"RS256\", \"kid\": \"k1\", \"typ\": \"JWT\"}") + "."
                + encoded("{\"sub\": \"cloverwatch\", \"iss\": \"test\", \"aud\": \"" + AUDIENCE
                        + "\", \"scope\": \"all\", \"iat\": " + now + ", \"exp\": " + (now + VALID.toSeconds()) + "}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + encoded(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private String keySet() {
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        return "{\"keys\": [{\"kty\": \"RSA\", \"kid\": \"k1\", \"use\": \"sig\", \"alg\": \"RS256\", \"n\": \""
                + encoded(key.getModulus()) + "\", \"e\": \"" + encoded(key.getPublicExponent()) + "\"}]}";
    }

    private static String encoded(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return encoded(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String encoded(String text) {
        return encoded(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
