package eu.cloverwatch.wire;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.demo.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** The demo's registry below {@code /registry} of a server of its own. */
final class LoopbackRegistry implements AutoCloseable {

    private final HttpServer server;

    LoopbackRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        new RegistryServer(server, "/registry");
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/registry";
    }

    RegistryClient client() {
        return new RegistryClient(RegistrySettings.from(Map.of("schema.registry.url", url())));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
