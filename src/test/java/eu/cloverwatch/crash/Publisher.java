package eu.cloverwatch.crash;

import eu.cloverwatch.runtime.Deployment;
import eu.cloverwatch.wire.Arrival;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Publishes records in their order, in bursts, on a thread of its own and as far as it is allowed to. */
final class Publisher implements AutoCloseable {

    private static final int LARGEST_BURST = 40;
    private static final int LONGEST_PAUSE_MS = 120;

    private final Deployment deployment;
    private final List<Arrival> arrivals;
    private final Random random;
    private final AtomicInteger published = new AtomicInteger();
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread = new Thread(this::run, "publisher");
    private int allowed;

    private Publisher(Deployment deployment, List<Arrival> arrivals, long seed) {
        this.deployment = deployment;
        this.arrivals = arrivals;
        this.random = new Random(seed);
    }

    static Publisher start(Deployment deployment, List<Arrival> arrivals, long seed) {
        Publisher publisher = new Publisher(deployment, arrivals, seed);
        publisher.thread.start();
        return publisher;
    }

    /** Number of records that are acknowledged; fails if one cannot be published. */
    int published() {
        if (done.isCompletedExceptionally()) {
            done.join();
        }
        return published.get();
    }

    /** @param count from the first record on */
    synchronized void allow(int count) {
        allowed = count;
        notifyAll();
    }

    private synchronized int awaitAllowed(int count) throws InterruptedException {
        while (allowed <= count) {
            wait();
        }
        return Math.min(allowed, arrivals.size());
    }

    private void run() {
        try {
            while (published.get() < arrivals.size()) {
                int from = published.get();
                int until = Math.min(awaitAllowed(from), from + 1 + random.nextInt(LARGEST_BURST));
                deployment.publish(arrivals.subList(from, until));
                published.set(until);
                // No synchronisation hangs on it: records should come while others are judged.
                TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MS));
            }
            done.complete(null);
        } catch (InterruptedException e) {
            done.cancel(false);
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** Returns when it has ended. */
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
