package eu.cloverwatch.bench;

import static org.awaitility.Awaitility.await;

import eu.cloverwatch.bench.Restart.Situation;
import eu.cloverwatch.crash.Backlog;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.SampleRecords;
import eu.cloverwatch.wire.RegistrySettings;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** One deployment: its consents, its instances, a little traffic, and what befalls the instances. */
final class RestartRun {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
    private static final Duration A_WHILE = Duration.ofSeconds(3);
    private static final int BATCH = 10_000;
    private static final int PARTITIONS = RestartCluster.PARTITIONS;

    private final RestartCluster cluster;
    private final Deployment deployment;
    private final String name;
    private final int consents;
    private final BareConsumer bareConsumer;
    private final Members members;
    private final List<Instance> alive = new ArrayList<>();

    /** Publishes a policy and so many consents. */
    RestartRun(RestartCluster cluster, String name, int consents, Map<String, String> settings) {
        this.cluster = cluster;
        this.name = name;
        this.consents = consents;
        this.deployment = cluster.deployment(name);
        deployment.with("cloverwatch.http.port", "0");
        settings.forEach(deployment::with);
        // The least that Kafka Streams takes; until then an instance that is new to a partition only gets a copy of it.
        deployment.with("streams.probing.rebalance.interval.ms", "60000");
        deployment.publish(SampleRecords.policy());
        for (int first = 0; first < consents; first += BATCH) {
            deployment.publish(Consents.of(first, Math.min(consents, first + BATCH)));
        }
        String topic = deployment.topic(Topic.CONSENTS);
        this.members = cluster.opened(new Members(cluster.bootstrapServers(), name, topic, PARTITIONS));
        this.bareConsumer = new BareConsumer(
                cluster.bootstrapServers(),
                RegistrySettings.from(Map.of("schema.registry.url", cluster.registryUrl())),
                topic,
                Topic.CONSENTS);
    }

    Deployment deployment() {
        return deployment;
    }

    /** Reads and decodes all consents; seconds, the median of three times. */
    double bare() {
        return IntStream.range(0, 3)
                .mapToDouble(i -> bareConsumer.read(consents).totalNanos() / 1e9)
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    Instance start(String instance, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(deployment.settings(instance));
        settings.putAll(more);
        Instance started = Instance.start(name + "-" + instance, cluster.dir(), settings);
        cluster.opened(started.process());
        alive.add(started);
        return started;
    }

    void stop(Instance instance) {
        alive.remove(instance);
        instance.process().stop();
    }

    void kill(Instance instance) {
        alive.remove(instance);
        instance.process().kill();
    }

    void startAgain(Instance instance) {
        instance.process().startAgain();
        alive.add(instance);
    }

    Probes probe() {
        return new Probes(deployment, PARTITIONS);
    }

    /** Returns when all consents are consumed, and nothing is under way. There may be no traffic. */
    void awaitConsumed() {
        try (Backlog backlog =
                new Backlog(cluster.bootstrapServers(), name, List.of(deployment.topic(Topic.CONSENTS)))) {
            until(() -> members.hasSettledWithout(Set.of()) && backlog.isEmpty());
        }
    }

    /** Returns when every event was soon judged, for a while. */
    void awaitSteady(Probes probes) {
        long[] since = {System.nanoTime()};
        until(() -> {
            boolean longEnough = System.nanoTime() - since[0] > A_WHILE.toNanos();
            boolean steady = probes.isSteady(since[0]);
            if (longEnough && !steady) {
                since[0] = System.nanoTime();
            }
            return longEnough && steady;
        });
    }

    /** Returns when all instances share the partitions, and every event is soon judged. */
    void awaitBalanced(Probes probes) {
        awaitSteady(probes);
        until(() -> members.isBalanced(alive.size()));
    }

    /** Returns when they do, and each has an up-to-date copy of the partitions that others have. */
    void awaitStandbys(Probes probes) {
        awaitSteady(probes);
        String changelog = name + "-consents-changelog";
        until(() -> members.isBalanced(alive.size())
                && alive.stream().allMatch(instance -> instance.hasCaughtUp(changelog, PARTITIONS / alive.size())));
    }

    /**
     * Returns when it is in the middle of a transaction: as it mostly is where there is more traffic, and the worst moment to be
     * killed in.
     */
    void awaitWriting(Instance instance) {
        String processId = instance.processId();
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> members.isWriting(processId));
    }

    /** Ids in the group, of an instance that is at work. */
    Set<String> idsOf(Instance instance) throws ExecutionException, InterruptedException {
        Set<String> ids = members.idsOf(instance.processId());
        if (ids.isEmpty()) {
            throw new IllegalStateException("expected a member of " + instance.processId() + ", got " + members.ids());
        }
        return ids;
    }

    /**
     * From before something befalls an instance until every event is judged again.
     *
     * @param gone ids of those who are killed
     * @param befalls kills instances, or starts them
     */
    Restart measure(Situation situation, double bare, Probes probes, Set<String> gone, Runnable befalls) {
        probes.clear();
        long start = System.nanoTime();
        befalls.run();
        List<Long> settled = new ArrayList<>();
        until(() -> {
            probes.mustBeAlive();
            if (settled.isEmpty() && members.hasSettledWithout(gone)) {
                settled.add(System.nanoTime() - start);
            }
            return !settled.isEmpty() && probes.judged(start).isPresent();
        });
        Probes.Judged judged = probes.judged(start).orElseThrow();
        return new Restart(situation, settled.get(0) / 1e9, judged.first() / 1e9, judged.all() / 1e9, bare);
    }

    void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                // at its first start
                .ignoreExceptionsMatching(e -> e.getCause() instanceof GroupIdNotFoundException)
                .until(() -> {
                    cluster.mustBeAlive();
                    alive.forEach(instance -> instance.process().mustBeAlive());
                    return condition.call();
                });
    }
}
