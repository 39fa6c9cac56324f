package eu.cloverwatch.bench;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;

/** What topics take on the brokers, all replicas, in bytes. */
final class LogSizes {

    private final Map<String, Long> bytes = new HashMap<>();

    private LogSizes() {}

    static LogSizes of(Admin admin) throws ExecutionException, InterruptedException {
        LogSizes sizes = new LogSizes();
        Collection<Node> brokers = admin.describeCluster().nodes().get();
        List<Integer> ids = brokers.stream().map(Node::id).toList();
        admin.describeLogDirs(ids).allDescriptions().get().values().stream()
                .flatMap(directories -> directories.values().stream())
                .forEach(directory -> directory
                        .replicaInfos()
                        .forEach((partition, replica) ->
                                sizes.bytes.merge(partition.topic(), replica.size(), Long::sum)));
        return sizes;
    }

    /** @throws IllegalArgumentException if there is no such topic */
    long bytes(String topic) {
        Long size = bytes.get(topic);
        if (size == null) {
            throw new IllegalArgumentException("expected one of " + bytes.keySet() + ", got " + topic);
        }
        return size;
    }
}
