package eu.cloverwatch.demo;

import eu.cloverwatch.runtime.topics.TopicCreation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.Feature;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker, one node in KRaft mode, in this process and on 127.0.0.1 only. Its threads keep the JVM alive until it is
 * closed. Topics are kept without limit of age unless they say otherwise, and are not created by being used.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final long STOP_TIMEOUT_SECONDS = 30;

    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final CompletableFuture<EmbeddedBrokerException> fault;

    private EmbeddedBroker(
            KafkaRaftServer server, String bootstrapServers, CompletableFuture<EmbeddedBrokerException> fault) {
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.fault = fault;
    }

    /**
     * Starts a broker and returns when it takes requests.
     *
     * @param port 0 for any free one
     * @param dataDir made if it is not there; a second start on the same one finds the records of the first
     * @throws PortInUseException if the port is not free
     * @throws EmbeddedBrokerException if the broker cannot start, as on a directory that it cannot write, or that another
     *     broker uses
     */
    public static EmbeddedBroker start(int port, Path dataDir) {
        return start(port, dataDir, Map.of());
    }

    /**
     * As {@link #start(int, Path)}, with settings of Kafka's that are to be other than ours.
     *
     * @param settings such as {@code broker.session.timeout.ms}; they win
     */
    public static EmbeddedBroker start(int port, Path dataDir, Map<String, String> settings) {
        int brokerPort = LoopbackPort.free(port);
        useLettersThatKafkaKnows();
        Map<String, String> all = BrokerSettings.of(brokerPort, LoopbackPort.freeBeside(brokerPort), dataDir, settings);
        CompletableFuture<EmbeddedBrokerException> fault = BrokerFaults.listen();
        KafkaRaftServer server = null;
        try {
            format(dataDir);
            server = new KafkaRaftServer(new KafkaConfig(all, false), Time.SYSTEM);
            server.startup();
        } catch (Exception e) {
            BrokerFaults.forget(fault);
            if (server != null) {
                stop(server);
            }
            throw new EmbeddedBrokerException(
                    "the embedded broker cannot start in " + dataDir + ": " + e.getMessage(), e);
        }
        return new EmbeddedBroker(server, LoopbackPort.HOST + ":" + brokerPort, fault);
    }

    /**
     * Kafka's server turns names to upper case in the language of the user, and does not start in Turkish, where "classic" becomes
     * "CLASS\u0130C". The default locale is the whole JVM's: it changes only where it must.
     */
    @SuppressWarnings("StringCaseLocaleUsage") // the default locale is what is asked about
    private static void useLettersThatKafkaKnows() {
        if (!"i".toUpperCase().equals("I")) {
            Locale.setDefault(Locale.ROOT);
        }
    }

    /** Gives an empty directory its identity; one that has it stays as it is. */
    private static void format(Path dataDir) throws Exception {
        Path records = Files.createDirectories(BrokerSettings.records(dataDir));
        Path metadata = Files.createDirectories(BrokerSettings.metadata(dataDir));
        if (Files.exists(metadata.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
            return;
        }
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setNodeId(BrokerSettings.NODE_ID)
                .setClusterId(Uuid.randomUuid().toString())
                .setDirectories(List.of(records.toString(), metadata.toString()))
                .setMetadataLogDirectory(metadata.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setHasDynamicQuorum(false)
                .setSupportedFeatures(Feature.PRODUCTION_FEATURES)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    /** Host and port, as for {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Completes when the broker has failed beyond repair; the process goes on, and should end. */
    public CompletionStage<EmbeddedBrokerException> fault() {
        return fault;
    }

    /**
     * Makes the topics that are not there yet, and returns when every partition of all of them takes records.
     *
     * @throws eu.cloverwatch.runtime.EnvironmentException if that takes too long or a topic is refused
     */
    public void createTopics(Collection<NewTopic> topics) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicCreation.create(admin, topics);
        }
    }

    /** Ends the broker; what was acknowledged is on disk. */
    @Override
    public void close() {
        BrokerFaults.forget(fault);
        stop(server);
    }

    /** Kafka's own shutdown may wait for minutes for a controller that has failed. */
    private static void stop(KafkaRaftServer server) {
        try {
            CompletableFuture.runAsync(
                            () -> {
                                server.shutdown();
                                server.awaitShutdown();
                            },
                            task -> daemon(task).start())
                    .get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The embedded broker did not stop in order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "embedded-broker-stop");
        thread.setDaemon(true);
        return thread;
    }
}
