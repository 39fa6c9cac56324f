package eu.cloverwatch.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.wire.RegistrySettings.Serde;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The configuration keys of the registry, as a user writes them. Messages never hold a value that could be a secret. */
final class RegistryKeys {

    private static final String URL = "schema.registry.url";
    private static final String SERDE = "schema.registry.serde";
    private static final String USER_INFO = "schema.registry.basic.auth.user.info";
    private static final String TOKEN = "schema.registry.bearer.auth.token";
    private static final String TRUST_STORE = "schema.registry.ssl.truststore.";
    private static final String KEY_STORE = "schema.registry.ssl.keystore.";
    private static final String KEY_PASSWORD = "schema.registry.ssl.key.password";
    private static final String REQUEST_TIMEOUT = "schema.registry.request.timeout.ms";
    private static final String RETRY_TIMEOUT = "schema.registry.retry.timeout.ms";

    private static final Set<String> KNOWN = Set.of(
            URL,
            SERDE,
            USER_INFO,
            TOKEN,
            TRUST_STORE + "location",
            TRUST_STORE + "password",
            TRUST_STORE + "type",
            KEY_STORE + "location",
            KEY_STORE + "password",
            KEY_STORE + "type",
            KEY_PASSWORD,
            REQUEST_TIMEOUT,
            RETRY_TIMEOUT);

    private final Map<String, String> given = new TreeMap<>();

    private RegistryKeys(Map<String, String> configuration) {
        configuration.forEach((key, value) -> {
            if (key.startsWith(RegistrySettings.PREFIX)) {
                given.put(key, value);
            }
        });
    }

    static RegistrySettings read(Map<String, String> configuration) {
        RegistryKeys keys = new RegistryKeys(configuration);
        Serde serde = keys.serde();
        if (serde == Serde.BUILTIN) {
            keys.refuseUnknown();
        }
        return new RegistrySettings(
                keys.urls(serde),
                serde,
                keys.authorization(),
                keys.store(TRUST_STORE),
                keys.store(KEY_STORE),
                keys.get(KEY_PASSWORD),
                keys.milliseconds(REQUEST_TIMEOUT, Duration.ofSeconds(10)),
                Optional.of(keys.milliseconds(RETRY_TIMEOUT, Duration.ofSeconds(30))),
                serde == Serde.CONFLUENT ? keys.confluent() : Map.of());
    }

    private Optional<String> get(String key) {
        String value = given.get(key);
        return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
    }

    private void refuseUnknown() {
        for (String key : given.keySet()) {
            if (!KNOWN.contains(key)) {
                throw new IllegalArgumentException(key + ": unknown key; expected one of " + String.join(", ", sorted())
                        + " (others are for " + SERDE + "=confluent)");
            }
        }
    }

    private static List<String> sorted() {
        return KNOWN.stream().sorted().toList();
    }

    private Serde serde() {
        String name = get(SERDE).orElse("builtin").strip();
        return switch (name) {
            case "builtin" -> Serde.BUILTIN;
            case "confluent" -> Serde.CONFLUENT;
            default -> throw new IllegalArgumentException(SERDE + ": expected builtin or confluent, came " + name);
        };
    }

    private List<URI> urls(Serde serde) {
        String value = get(URL).orElseThrow(() -> new IllegalArgumentException(
                URL + ": missing; expected http(s)://host[:port][/path], several separated by commas"));
        return Stream.of(value.split(","))
                .map(String::strip)
                .filter(url -> !url.isEmpty())
                .map(url -> url(url, serde))
                .toList();
    }

    private static URI url(String text, Serde serde) {
        URI url = parsed(text);
        if (url == null || url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
            // not the text itself: it may hold a password
            throw new IllegalArgumentException(
                    URL + ": expected http(s)://host[:port][/path], several separated by commas");
        }
        if (url.getUserInfo() != null && serde == Serde.BUILTIN) {
            throw new IllegalArgumentException(
                    URL + ": expected no user and password in it; they belong in " + USER_INFO);
        }
        String path = url.getRawPath().replaceAll("/+$", "");
        return URI.create(
                url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort()) + path);
    }

    private static @Nullable URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private Optional<String> authorization() {
        Optional<String> userInfo = get(USER_INFO);
        Optional<String> token = get(TOKEN);
        if (userInfo.isPresent() && token.isPresent()) {
            throw new IllegalArgumentException(TOKEN + ": expected only one of it and " + USER_INFO + ", came both");
        }
        if (userInfo.isPresent() && !userInfo.get().contains(":")) {
            throw new IllegalArgumentException(USER_INFO + ": expected user:password, came a value without a colon");
        }
        return userInfo.map(user -> "Basic " + Base64.getEncoder().encodeToString(user.getBytes(UTF_8)))
                .or(() -> token.map(value -> "Bearer " + value));
    }

    private Optional<RegistryStore> store(String prefix) {
        Optional<String> password = get(prefix + "password");
        String type = get(prefix + "type").orElse("PKCS12").strip();
        return get(prefix + "location")
                .map(file -> new RegistryStore(prefix + "location", Path.of(file), type, password.orElse(null)));
    }

    private Duration milliseconds(String key, Duration otherwise) {
        Optional<String> value = get(key).map(String::strip);
        if (value.isEmpty()) {
            return otherwise;
        }
        if (!value.get().matches("[1-9][0-9]{0,11}")) {
            throw new IllegalArgumentException(key + ": expected milliseconds, at least 1, came " + value.get());
        }
        return Duration.ofMillis(Long.parseLong(value.get()));
    }

    /**
     * Confluent's client takes its settings with or without the prefix, its serializer only without: so both. Where the user
     * gave credentials only, as for the built-in one, their source is added.
     */
    private Map<String, String> confluent() {
        Map<String, String> result = new HashMap<>();
        given.forEach((key, value) -> {
            result.put(key, value);
            result.put(key.substring(RegistrySettings.PREFIX.length()), value);
        });
        if (given.containsKey(USER_INFO)) {
            result.putIfAbsent("basic.auth.credentials.source", "USER_INFO");
        }
        if (given.containsKey(TOKEN)) {
            result.putIfAbsent("bearer.auth.credentials.source", "STATIC_TOKEN");
        }
        return result;
    }
}
