package eu.cloverwatch.bench;

import com.sun.management.OperatingSystemMXBean;
import eu.cloverwatch.audit.replay.ReplayProgress;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a reading took, in all and by stage. Its clock runs from when it is made until its {@link #end}. */
final class Stages implements ReplayProgress {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long start = System.nanoTime();
    private final long cpuStart = SYSTEM.getProcessCpuTime();
    private final double load = SYSTEM.getSystemLoadAverage();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long end;
    private long cpuEnd;
    private long stageStart;
    private @Nullable String current;

    @Override
    public void stage(String name, long total) {
        finish();
        current = name;
        stageStart = System.nanoTime();
    }

    @Override
    public void done(long more) {
        // only the whole counts
    }

    private void finish() {
        if (current != null) {
            seconds.merge(current, seconds(System.nanoTime() - stageStart), Double::sum);
        }
        current = null;
    }

    void end() {
        finish();
        end = System.nanoTime();
        cpuEnd = SYSTEM.getProcessCpuTime();
    }

    double seconds() {
        return seconds(end - start);
    }

    /** That all processors spent on this process, its compilers and collector included. */
    double cpuSeconds() {
        return seconds(cpuEnd - cpuStart);
    }

    /** By stage, in their order. What lies between two stages is in none. */
    Map<String, Double> byStage() {
        return seconds;
    }

    /** Load average of the last minute before it began; negative if the system does not tell. */
    double load() {
        return load;
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }
}
