package eu.cloverwatch.crash;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.TransactionState;

/** A broker that can be killed, and started again on the same port and records. */
public final class BrokerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /**
     * Below the ports that the system gives to clients: a client that looks for a broker which is down would otherwise, now and
     * then, be given the broker's port as its own and connect to itself.
     */
    private static final int FIRST_PORT = 20_000;

    private static final int LAST_PORT = 30_000;

    private final int port = freePort();
    private final Path dir;
    private final int partitions;
    private final List<String> topics;
    private final String classPath;
    private JavaProcess process;

    private BrokerProcess(Path dir, int partitions, List<String> topics, String classPath) {
        this.dir = dir;
        this.partitions = partitions;
        this.topics = topics;
        this.classPath = classPath;
        this.process = launch();
    }

    /** Returns when every partition of the topics takes records. */
    public static BrokerProcess start(Path dir, int partitions, List<String> topics) {
        return start(
                dir,
                partitions,
                topics,
                String.join(File.pathSeparator, "target/cloverwatch.jar", "target/test-classes"));
    }

    /** The same, of classes that are elsewhere than in the finished jar. */
    public static BrokerProcess start(Path dir, int partitions, List<String> topics, String classPath) {
        BrokerProcess broker = new BrokerProcess(dir, partitions, topics, classPath);
        broker.awaitReady();
        return broker;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    public void mustBeAlive() {
        process.mustBeAlive();
    }

    /**
     * Kills it when no transaction is just being decided, though they may be open. What is decided but not yet known to all
     * partitions, Kafka 4.3.1 may lose when it starts again: it takes a partition that has no leader for a moment for a deleted
     * one and skips its marker, so that the transaction hangs in it for ever (KAFKA-20734). No client survives that.
     */
    void killBetweenDecisions() {
        ListTransactionsOptions beingDecided = new ListTransactionsOptions()
                .filterStates(Set.of(TransactionState.PREPARE_COMMIT, TransactionState.PREPARE_ABORT));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() ->
                            admin.listTransactions(beingDecided).all().get().isEmpty());
            process.kill();
        }
    }

    /** Whether that has happened all the same, since it was last started. It may have been harmless. */
    boolean hasSkippedMarkers() {
        return process.output().contains("likely deleted already and hence can be skipped");
    }

    /** Returns when it takes records again. */
    void startAgain() {
        process = launch();
        awaitReady();
    }

    private JavaProcess launch() {
        List<String> arguments = new ArrayList<>(List.of(
                "-Dcloverwatch.log.kafka=INFO",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                classPath,
                BrokerMain.class.getName(),
                Integer.toString(port),
                dir.resolve("broker").toString(),
                Integer.toString(partitions)));
        arguments.addAll(topics);
        return JavaProcess.start(dir.resolve("broker.log"), arguments);
    }

    private void awaitReady() {
        try {
            await().atMost(PATIENCE).until(() -> {
                process.mustBeAlive();
                return process.output().contains(BrokerMain.READY);
            });
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static int freePort() {
        for (int port = FIRST_PORT + (int) (ProcessHandle.current().pid() % 5_000); port < LAST_PORT; port++) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // in use: the next one
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST_PORT + " to " + LAST_PORT);
    }

    @Override
    public void close() {
        process.close();
    }
}
