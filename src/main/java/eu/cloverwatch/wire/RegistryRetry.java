package eu.cloverwatch.wire;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what fails because the registry cannot be reached, with growing pauses, until the patience is at its end or it is
 * closed. Logs once when the registry goes away and once when it is back, not for each attempt.
 */
final class RegistryRetry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryRetry.class);

    private final String registry;
    private final Optional<Duration> patience;
    private final Pace pace;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean away = new AtomicBoolean();

    /** One try. */
    interface Attempt<T> {

        /**
         * @param deadline as {@link System#nanoTime}: no use in answering after it
         * @throws IOException if it is worth another try
         */
        T run(long deadline) throws IOException;
    }

    /** The deadline cut an attempt short: what failed before tells more. */
    static final class OutOfTime extends IOException {

        private static final long serialVersionUID = 1L;

        OutOfTime(String message) {
            super(message);
        }
    }

    /** The pauses: doubled from {@code first} up to {@code longest}, of which a random half to whole is waited. */
    record Pace(Duration first, Duration longest) {

        static final Pace NORMAL = new Pace(Duration.ofMillis(100), Duration.ofSeconds(10));

        /**
         * @param failures so far, at least one
         * @return nanoseconds
         */
        long pause(int failures) {
            double doubled = first.toNanos() * Math.pow(2, failures - 1.0);
            long whole = (long) Math.min(doubled, longest.toNanos());
            return whole - ThreadLocalRandom.current().nextLong(whole / 2 + 1);
        }
    }

    /**
     * @param registry how messages call it
     * @param patience empty: until closed
     */
    RegistryRetry(String registry, Optional<Duration> patience, Pace pace) {
        this.registry = registry;
        this.patience = patience;
        this.pace = pace;
    }

    /**
     * @throws RegistryUnavailableException when the patience is at its end, when closed, or when the thread is interrupted; or
     *     what the attempt throws
     */
    <T> T call(Attempt<T> attempt) {
        // nanoTime may overflow; half of the range is a century
        long deadline = System.nanoTime() + patience.map(Duration::toNanos).orElse(Long.MAX_VALUE / 2);
        IOException failure = null;
        for (int failures = 1; ; failures++) {
            if (closed.getCount() == 0) {
                throw new RegistryUnavailableException("the client of " + registry + " is closed");
            }
            try {
                T result = attempt.run(deadline);
                cameBack();
                return result;
            } catch (IOException e) {
                wentAway(e);
                failure = e instanceof OutOfTime && failure != null ? failure : e;
                pauseAfter(failure, failures, deadline);
            }
        }
    }

    /** Whether the last attempt found the registry out of reach. */
    boolean isAway() {
        return away.get();
    }

    private void pauseAfter(IOException failure, int failures, long deadline) {
        long pause = pace.pause(failures);
        if (System.nanoTime() + pause - deadline >= 0) {
            throw new RegistryUnavailableException(
                    registry + " could not be reached for "
                            + patience.orElseThrow().toMillis() + " ms: " + failure.getMessage(),
                    failure);
        }
        try {
            if (closed.await(pause, TimeUnit.NANOSECONDS)) {
                throw new RegistryUnavailableException("closed while waiting for " + registry, failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException("interrupted while waiting for " + registry, e);
        }
    }

    private void wentAway(IOException failure) {
        if (away.compareAndSet(false, true)) {
            LOG.warn("{} cannot be reached, trying again: {}", registry, failure.getMessage());
        }
    }

    private void cameBack() {
        if (away.compareAndSet(true, false)) {
            LOG.info("{} answers again", registry);
        }
    }

    /** Ends every wait. */
    @Override
    public void close() {
        closed.countDown();
    }
}
