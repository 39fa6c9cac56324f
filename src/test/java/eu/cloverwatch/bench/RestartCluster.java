package eu.cloverwatch.bench;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.crash.BrokerProcess;
import eu.cloverwatch.crash.MonitorProcess;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.runtime.Deployment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A broker as its own process, a registry, and two deployments on them; files below {@code target/restart}, which stay. */
final class RestartCluster implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final Path dir = Path.of("target", "restart");
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final BrokerProcess broker;
    private final String registry;

    RestartCluster(String... deployments) throws IOException {
        MonitorProcess.deleteAll(dir);
        Files.createDirectories(dir);
        List<String> topics = new ArrayList<>();
        for (String name : deployments) {
            topics.addAll(Deployment.topicNames(name));
        }
        try {
            registry = registry();
            broker = opened(BrokerProcess.start(dir, PARTITIONS, topics));
        } catch (RuntimeException | Error | IOException e) {
            close();
            throw e;
        }
    }

    private String registry() throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        ExecutorService threads = Executors.newCachedThreadPool();
        http.setExecutor(threads);
        opened(threads::shutdownNow);
        opened(() -> http.stop(0));
        new RegistryServer(http, "/registry");
        http.start();
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/registry";
    }

    Path dir() {
        return dir;
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    String registryUrl() {
        return registry;
    }

    void mustBeAlive() {
        broker.mustBeAlive();
    }

    /** One of those whose topics were made. */
    Deployment deployment(String name) {
        return opened(Deployment.on(name, dir.resolve(name), broker.bootstrapServers(), registry));
    }

    <T extends AutoCloseable> T opened(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    /** Ends every process. */
    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                System.err.println("while closing: " + e);
            }
        }
    }
}
