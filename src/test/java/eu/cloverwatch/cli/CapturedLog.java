package eu.cloverwatch.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Everything that is logged while it is open, and nowhere else, with more said than usual: our packages at DEBUG, everybody
 * else's at INFO.
 */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** By name also those that the tests' own settings switch off. */
    private static final Map<String, Level> LEVELS = Map.of(
            org.slf4j.Logger.ROOT_LOGGER_NAME,
            Level.INFO,
            "eu.cloverwatch",
            Level.DEBUG,
            "org.apache.kafka",
            Level.INFO,
            "org.apache.kafka.clients.Metadata",
            Level.INFO,
            "org.apache.kafka.clients.admin.internals",
            Level.INFO,
            "kafka",
            Level.INFO,
            "kafka.server",
            Level.INFO);

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Map<String, @Nullable Level> before = new HashMap<>();
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();
    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    CapturedLog() {
        root.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(root::detachAppender);
        setContext(loggers);
        start();
        root.addAppender(this);
        LEVELS.forEach((name, level) -> {
            Logger logger = loggers.getLogger(name);
            before.put(name, logger.getLevel());
            logger.setLevel(level);
        });
    }

    @Override
    protected void append(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLoggerName() + " [" + event.getThreadName() + "] " + event.getMDCPropertyMap() + " "
                + event.getFormattedMessage() + " " + thrown);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        before.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
        root.detachAppender(this);
        usual.forEach(root::addAppender);
        stop();
    }
}
