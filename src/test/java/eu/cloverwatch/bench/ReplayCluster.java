package eu.cloverwatch.bench;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.crash.BrokerProcess;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.runtime.Configuration;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.Loader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** A broker as a process of its own, whose memory is not that of the replay, and a registry in this one. */
final class ReplayCluster implements AutoCloseable {

    private static final int PARTITIONS = 4;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer http;
    private final BrokerProcess broker;
    private final Path dir;
    private final List<Deployment> deployments = new ArrayList<>();

    private ReplayCluster(Path dir, List<String> names) throws IOException {
        this.http = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        http.setExecutor(threads);
        new RegistryServer(http, "/registry");
        http.start();
        this.dir = dir;
        this.broker = BrokerProcess.start(
                dir,
                PARTITIONS,
                names.stream()
                        .flatMap(name -> Deployment.topicNames(name).stream())
                        .toList(),
                System.getProperty("java.class.path"));
    }

    /** @param names of the deployments that there may be */
    static ReplayCluster start(Path dir, String... names) throws IOException {
        return new ReplayCluster(dir, List.of(names));
    }

    /** A deployment of this world. Returns when all of it is acknowledged. */
    Deployment publish(String name, ReplayWorld world) {
        Deployment deployment = Deployment.on(
                name,
                dir,
                broker.bootstrapServers(),
                "http://127.0.0.1:" + http.getAddress().getPort() + "/registry");
        deployments.add(deployment);
        Map<String, String> settings = new HashMap<>(deployment.settings("loader"));
        settings.put("kafka.compression.type", "lz4");
        settings.put("kafka.batch.size", "131072");
        try (Loader loader = new Loader(Configuration.load(null, Map.of(), settings), deployment.serde())) {
            ReplayFacts.small(loader::publish);
            CompletableFuture<Void> consents = CompletableFuture.runAsync(
                    () -> each(world.subjects(), subject -> loader.publish(ReplayFacts.consent(subject))), threads);
            each(world.events(), number -> loader.publish(world.event(number)));
            consents.join();
            loader.flush();
        }
        return deployment;
    }

    private static void each(long count, LongConsumer action) {
        LongStream.range(0, count).forEach(action);
    }

    @Override
    public void close() {
        deployments.forEach(Deployment::close);
        broker.close();
        http.stop(0);
        threads.shutdownNow();
    }
}
