package eu.cloverwatch.cli;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on stderr, if that is a terminal; nothing otherwise. */
final class Progress implements AutoCloseable {

    private final @Nullable ProgressBar bar;

    /** @param total -1 if not known */
    Progress(String task, long total) {
        this.bar = Terminal.isErr()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(total)
                        .setStyle(ProgressBarStyle.ASCII)
                        .showSpeed()
                        .clearDisplayOnFinish()
                        .build()
                : null;
    }

    void to(long done) {
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
