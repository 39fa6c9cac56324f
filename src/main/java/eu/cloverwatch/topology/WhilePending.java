package eu.cloverwatch.topology;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** Work by the clock while there is some: a punctuation without need would be a transaction each time. */
final class WhilePending {

    private final ProcessorContext<?, ?> context;
    private final Duration every;
    private final Runnable work;
    private final BooleanSupplier isDone;
    private @Nullable Cancellable schedule;

    /** @param isDone asked after the work; when it is, the work rests until {@link #wake} */
    WhilePending(ProcessorContext<?, ?> context, Duration every, Runnable work, BooleanSupplier isDone) {
        this.context = context;
        this.every = every;
        this.work = work;
        this.isDone = isDone;
    }

    /** There is, or may be, something to do. */
    void wake() {
        if (schedule == null) {
            schedule = context.schedule(every, PunctuationType.WALL_CLOCK_TIME, now -> run());
        }
    }

    private void run() {
        work.run();
        if (schedule != null && isDone.getAsBoolean()) {
            schedule.cancel();
            schedule = null;
        }
    }
}
