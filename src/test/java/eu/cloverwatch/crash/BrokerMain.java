package eu.cloverwatch.crash;

import eu.cloverwatch.demo.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * A broker as a process of its own, on {@code PORT DIRECTORY PARTITIONS TOPIC...}: says {@value #READY} once every partition of
 * these topics takes records, and runs until it is killed.
 */
public final class BrokerMain {

    static final String READY = "the broker is ready";

    /**
     * Sessions and transactions of who was killed end soon: a run is not mostly waiting. But no transaction may time out while
     * a broker that was killed comes up, in the seconds in which its partitions have no leader; see {@link BrokerProcess}.
     */
    private static final Map<String, String> SETTINGS = Map.of(
            "broker.session.timeout.ms", "1500",
            "group.min.session.timeout.ms", "1000",
            "transaction.abort.timed.out.transaction.cleanup.interval.ms", "4000");

    private BrokerMain() {}

    public static void main(String[] args) {
        EmbeddedBroker broker = EmbeddedBroker.start(Integer.parseInt(args[0]), Path.of(args[1]), SETTINGS);
        broker.fault().thenAccept(fault -> {
            fault.printStackTrace();
            Runtime.getRuntime().halt(1);
        });
        int partitions = Integer.parseInt(args[2]);
        broker.createTopics(Arrays.stream(args)
                .skip(3)
                .map(topic -> new NewTopic(topic, partitions, (short) 1))
                .toList());
        System.out.println(READY);
    }
}
