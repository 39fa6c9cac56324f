package eu.cloverwatch.runtime;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.demo.EmbeddedBroker;
import eu.cloverwatch.demo.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;

/** A real broker and a registry on 127.0.0.1, for a class of tests: each test has topics and an application of its own. */
public final class LoopbackCluster implements AutoCloseable {

    private final Path dir;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private EmbeddedBroker broker;

    private LoopbackCluster(Path dir) throws IOException {
        this.dir = dir;
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        new RegistryServer(http, "/registry");
        http.start();
        this.broker = EmbeddedBroker.start(0, dir.resolve("broker"));
    }

    public static LoopbackCluster start(Path dir) throws IOException {
        return new LoopbackCluster(dir);
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public int registryPort() {
        return http.getAddress().getPort();
    }

    public String registryUrl() {
        return "http://127.0.0.1:" + registryPort() + "/registry";
    }

    /** A monitor's world: topics that start with this name, and states below a directory of this name. */
    public Deployment deploy(String name) {
        return Deployment.create(name, dir.resolve(name), broker, registryUrl());
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    void stopBroker() {
        broker.close();
    }

    /** On the port and the records of the one that was stopped. */
    void startBrokerAgain() {
        int port = Integer.parseInt(bootstrapServers().split(":")[1]);
        broker = EmbeddedBroker.start(port, dir.resolve("broker"));
    }

    @Override
    public void close() {
        broker.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
