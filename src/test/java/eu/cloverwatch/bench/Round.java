package eu.cloverwatch.bench;

import java.util.concurrent.TimeUnit;

/**
 * All access events once, by one of the two readers.
 *
 * @param events all there are
 * @param totalNanos from before the reader was opened until the last event was done
 * @param steadyEvents those done after the reader was first seen to have done any
 * @param steadyNanos from that moment until the last event was done
 */
record Round(long events, long totalNanos, long steadyEvents, long steadyNanos) {

    /** Events per second, start-up left out. */
    double steadyRate() {
        return rate(steadyEvents, steadyNanos);
    }

    /** Events per second, start-up included. */
    double totalRate() {
        return rate(events, totalNanos);
    }

    /** Seconds from the opening of the reader to its first event. */
    double startSeconds() {
        return seconds(totalNanos - steadyNanos);
    }

    private static double rate(long events, long nanos) {
        return events / seconds(nanos);
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
