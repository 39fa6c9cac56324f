package eu.cloverwatch.topology;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.wire.RecordSerde;
import eu.cloverwatch.wire.RecordSerdes;
import eu.cloverwatch.wire.RegistrySettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The demo's registry on a free port of the loopback, and the production serde against it; one for all test classes. */
final class SharedRegistry implements AutoCloseable {

    private final HttpServer server;
    private final RecordSerde serde;

    private SharedRegistry() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        new RegistryServer(server, "/registry");
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/registry";
        serde = RecordSerdes.open(RegistrySettings.from(Map.of("schema.registry.url", url)));
    }

    /** Started at the first call, closed after the last test. */
    static RecordSerde serde(ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(SharedRegistry.class))
                .computeIfAbsent(SharedRegistry.class, key -> new SharedRegistry(), SharedRegistry.class)
                .serde;
    }

    @Override
    public void close() {
        serde.close();
        server.stop(0);
    }

    /** Gives a test class the serde without a topology. */
    static final class Serde implements BeforeAllCallback {

        private RecordSerde serde;

        @SuppressWarnings("NullAway.Init") // JUnit calls beforeAll before any test
        Serde() {}

        @Override
        public void beforeAll(ExtensionContext context) {
            serde = SharedRegistry.serde(context);
        }

        RecordSerde get() {
            return serde;
        }
    }
}
