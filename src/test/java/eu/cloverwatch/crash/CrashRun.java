package eu.cloverwatch.crash;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import eu.cloverwatch.audit.replay.ReplayProgress;
import eu.cloverwatch.audit.verify.Verification;
import eu.cloverwatch.audit.verify.Verified;
import eu.cloverwatch.demo.RegistryServer;
import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.runtime.PublishedLedger;
import eu.cloverwatch.runtime.Quiescence;
import eu.cloverwatch.runtime.ViolationReader;
import eu.cloverwatch.topology.StateStores;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A broker, two instances of the monitor and what is published to them, while one after the other is killed. All files are
 * below {@code target/crash}, and stay.
 */
final class CrashRun implements AutoCloseable {

    static final int EPOCH_RECORDS = 100;

    private static final String NAME = "crash";
    private static final int PARTITIONS = 4;
    private static final int INSTANCES = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<Arrival> arrivals;
    private final Path dir = Path.of("target", "crash");
    private final BrokerProcess broker;
    private final Deployment deployment;
    private int found;

    /** Starts the broker and creates the topics. */
    CrashRun(List<Arrival> arrivals) throws IOException {
        this.arrivals = arrivals;
        MonitorProcess.deleteAll(dir);
        Files.createDirectories(dir);
        try {
            ScenarioWriter.write(arrivals, scenario());
            String registry = registry();
            broker = opened(BrokerProcess.start(dir, PARTITIONS, Deployment.topicNames(NAME)));
            deployment = opened(Deployment.on(NAME, dir, broker.bootstrapServers(), registry));
            configure();
        } catch (RuntimeException | Error | IOException e) {
            close();
            throw e;
        }
    }

    /** Where {@code check} can judge the records. */
    Path scenario() {
        return dir.resolve("scenario");
    }

    Deployment deployment() {
        return deployment;
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

    /** The world lies years back, and nothing of it may be too old for the clock on the wall. */
    private void configure() {
        deployment.with("cloverwatch.lookback", "P3650D");
        deployment.with("cloverwatch.history.horizon", "P3650D");
        deployment.with("cloverwatch.ledger.epoch-records", Integer.toString(EPOCH_RECORDS));
        deployment.with("cloverwatch.ledger.idle", "PT2S");
        deployment.with("cloverwatch.http.port", "0");
        deployment.with("streams.consumer.session.timeout.ms", "3000");
        deployment.with("streams.consumer.heartbeat.interval.ms", "500");
        deployment.with("streams.producer.transaction.timeout.ms", "10000");
    }

    /** What the partner would find, from the topics alone. */
    Verified verify() {
        return new Verification(
                        deployment.history(2),
                        deployment.pseudonyms(),
                        deployment.configuration("verify").lookback(),
                        dir,
                        ReplayProgress.NONE)
                .run(Instant.EPOCH, Instant.parse("2100-01-01T00:00:00Z"));
    }

    /** Returns when everything was published, all strikes have been carried out, and nothing is left to be done. */
    void run(List<Strike> strikes, long seed) throws IOException {
        int first = firstEvent();
        deployment.publish(arrivals.subList(0, first));
        List<Arrival> rest = arrivals.subList(first, arrivals.size());
        List<MonitorProcess> monitors = List.of(monitor("a"), monitor("b"));
        try (Publisher publisher = Publisher.start(deployment, rest, seed);
                ViolationReader reader = new ViolationReader(deployment.configuration("reader"), deployment.serde())) {
            for (int i = 0; i < strikes.size(); i++) {
                publisher.allow((i + 1) * rest.size() / (strikes.size() + 1));
                awaitOccasion(strikes.get(i), publisher, reader, monitors);
                carryOut(strikes.get(i), monitors);
            }
            publisher.allow(rest.size());
            until(monitors, () -> publisher.published() == rest.size());
        }
        awaitNothingLeft(monitors);
    }

    /** Policies come before the events that they govern; and what is known from the beginning is no occasion for anything. */
    private int firstEvent() {
        int first = 0;
        while (arrivals.get(first).topic() != Topic.ACCESS_EVENTS) {
            first++;
        }
        return first;
    }

    private MonitorProcess monitor(String name) {
        return opened(MonitorProcess.start(name, dir, deployment.settings(name)));
    }

    private void awaitOccasion(
            Strike strike, Publisher publisher, ViolationReader reader, List<MonitorProcess> monitors) {
        reader.poll(violation -> found++);
        int publishedBefore = publisher.published();
        int foundBefore = found;
        until(monitors, () -> {
            reader.poll(violation -> found++);
            return switch (strike.occasion()) {
                case PUBLISHED -> publisher.published() >= publishedBefore + strike.amount();
                case FOUND -> found >= foundBefore + strike.amount();
            };
        });
        pause(strike.delay());
    }

    private void carryOut(Strike strike, List<MonitorProcess> monitors) {
        List<MonitorProcess> victims =
                strike.victims().stream().map(monitors::get).toList();
        if (strike.broker()) {
            killBroker(monitors);
        }
        victims.forEach(MonitorProcess::kill);
        if (strike.wiped()) {
            victims.forEach(MonitorProcess::wipe);
        }
        pause(strike.downtime());
        if (strike.broker()) {
            broker.startAgain();
        }
        victims.forEach(MonitorProcess::startAgain);
    }

    /** Instances at rest start no decision on a transaction; they notice nothing but that the broker is gone. */
    private void killBroker(List<MonitorProcess> monitors) {
        monitors.forEach(MonitorProcess::suspend);
        try {
            broker.killBetweenDecisions();
        } finally {
            monitors.forEach(MonitorProcess::resume);
        }
    }

    private void awaitNothingLeft(List<MonitorProcess> monitors) {
        try (Quiescence quiescence = new Quiescence(deployment.configuration("quiescence"), StateStores.WORK)) {
            until(
                    monitors,
                    () -> monitors.stream().allMatch(MonitorProcess::isUp)
                            && quiescence.isQuiet()
                            && PublishedLedger.read(deployment, EPOCH_RECORDS).coversAll()
                            && quiescence.isQuiet());
        }
    }

    /** Whoever ends without having been killed ends the run. */
    private void until(List<MonitorProcess> monitors, Condition condition) {
        try {
            await().atMost(PATIENCE).pollInterval(POLL).pollDelay(Duration.ZERO).until(() -> {
                broker.mustBeAlive();
                monitors.forEach(MonitorProcess::mustBeAlive);
                return condition.holds();
            });
        } catch (ConditionTimeoutException e) {
            String broker = this.broker.hasSkippedMarkers()
                    ? "; the broker has skipped markers of transactions, which may hang now (KAFKA-20734)"
                    : "";
            throw new AssertionError("no end after " + PATIENCE + broker + "; see the logs in " + dir, e);
        }
    }

    /** May be asked while the broker is away. */
    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    /** Chance, not synchronisation: a strike should hit wherever the others happen to be. */
    private static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T extends AutoCloseable> T opened(T closeable) {
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

    static List<Strike> strikes(long seed, int kills, int brokerKills, int records) {
        return Strike.plan(seed, INSTANCES, kills, brokerKills, Math.max(1, records / (kills + 1) / 2));
    }
}
