package eu.cloverwatch.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Pseudonyms are HMAC-SHA-256, as RFC 4231 and OpenSSL compute it. */
class PseudonymsTest {

    private static final byte[] KEY = new byte[32];

    static {
        for (int i = 0; i < KEY.length; i++) {
            KEY[i] = (byte) i;
        }
    }

    @Test
    void testCase2OfRfc4231() {
        Pseudonyms pseudonyms = new Pseudonyms("k1", "Jefe".getBytes(StandardCharsets.US_ASCII));

        assertThat(pseudonyms.of(new SubjectId("what do ya want for nothing?")))
                .isEqualTo("k1:W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
    }

    @Test
    void whatOpensslComputes() {
        assertThat(new Pseudonyms("2024-06", KEY).of(new SubjectId("S-1")))
                .isEqualTo("2024-06:5N19ZfeYZDCkOmXGeuy1Q5YaOyB0CQGiWjdWNOzc0so");
    }

    @Test
    void theIdIsTakenInUtf8AndTheAlphabetIsSafeInUrls() {
        assertThat(new Pseudonyms("k", KEY).of(new SubjectId("çöğ-İ")))
                .isEqualTo("k:NPTQlxmHgLdJPkRACg1Z8HsLD-jtpTbIsN0HGkASmZQ");
    }
}
