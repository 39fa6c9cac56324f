package eu.cloverwatch.demo;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The configuration of a single node that is broker and controller: small, quick to start, reachable from this machine only.
 */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final int MIB = 1024 * 1024;

    private BrokerSettings() {}

    /** Where the broker keeps its records, and takes a lock. */
    static Path records(Path dataDir) {
        return dataDir.resolve("records").toAbsolutePath();
    }

    /** Apart from the records: only then does the controller take a lock of its own, before it writes. */
    static Path metadata(Path dataDir) {
        return dataDir.resolve("metadata").toAbsolutePath();
    }

    /** @param others win over what is set here */
    static Map<String, String> of(int brokerPort, int controllerPort, Path dataDir, Map<String, String> others) {
        Map<String, String> settings = new HashMap<>();
        settings.putAll(node(brokerPort, controllerPort, dataDir));
        settings.putAll(topics());
        settings.putAll(small());
        settings.putAll(quick());
        settings.putAll(others);
        return settings;
    }

    private static Map<String, String> node(int brokerPort, int controllerPort, Path dataDir) {
        String broker = "BROKER://" + LoopbackPort.HOST + ":" + brokerPort;
        String controller = LoopbackPort.HOST + ":" + controllerPort;
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "log.dirs",
                records(dataDir).toString(),
                "metadata.log.dir",
                metadata(dataDir).toString(),
                "listeners",
                broker + "," + CONTROLLER_LISTENER + "://" + controller,
                "advertised.listeners",
                broker,
                "listener.security.protocol.map",
                "BROKER:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
                "inter.broker.listener.name",
                "BROKER",
                "controller.listener.names",
                CONTROLLER_LISTENER,
                "controller.quorum.voters",
                NODE_ID + "@" + controller);
    }

    /** Nothing is deleted by age unless its topic says so: generated records carry the timestamps of past months. */
    private static Map<String, String> topics() {
        return Map.of(
                "auto.create.topics.enable", "false",
                "log.retention.ms", "-1",
                "message.max.bytes", Integer.toString(8 * MIB),
                "min.insync.replicas", "1",
                "default.replication.factor", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> small() {
        return Map.of(
                "offsets.topic.num.partitions", "3",
                "transaction.state.log.num.partitions", "3",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                "log.cleaner.threads", "1",
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 * MIB),
                "log.cleaner.io.buffer.size", Integer.toString(MIB / 4),
                "log.index.size.max.bytes", Integer.toString(MIB));
    }

    /** After a kill, the controller registers the broker anew only when the session of the killed one has ended. */
    private static Map<String, String> quick() {
        return Map.of(
                "broker.heartbeat.interval.ms", "300",
                "broker.session.timeout.ms", "3000",
                "controller.quorum.election.timeout.ms", "200",
                "controller.quorum.election.backoff.max.ms", "200",
                "group.initial.rebalance.delay.ms", "0",
                "group.streams.initial.rebalance.delay.ms", "0");
    }
}
