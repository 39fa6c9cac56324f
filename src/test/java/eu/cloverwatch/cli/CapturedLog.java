package eu.cloverwatch.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Everything that is logged while it is open, with more said than usual: our packages at DEBUG, Kafka at INFO. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final Map<String, Level> LEVELS =
            Map.of("eu.cloverwatch", Level.DEBUG, "org.apache.kafka", Level.INFO, "kafka", Level.INFO);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Map<String, @Nullable Level> before = new HashMap<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

    CapturedLog() {
        setContext(loggers);
        start();
        LEVELS.forEach((name, level) -> {
            Logger logger = loggers.getLogger(name);
            before.put(name, logger.getLevel());
            logger.setLevel(level);
            logger.setAdditive(false);
            logger.addAppender(this);
        });
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLoggerName() + " " + event.getFormattedMessage() + " " + thrown);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        before.forEach((name, level) -> {
            Logger logger = loggers.getLogger(name);
            logger.detachAppender(this);
            logger.setAdditive(true);
            logger.setLevel(level);
        });
    }
}
