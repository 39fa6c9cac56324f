package eu.cloverwatch.cli;

import eu.cloverwatch.audit.replay.ClusterSettingsException;
import eu.cloverwatch.audit.replay.TopicUnavailableException;
import eu.cloverwatch.policy.PolicyException;
import eu.cloverwatch.runtime.ConfigurationException;
import eu.cloverwatch.runtime.EnvironmentException;
import eu.cloverwatch.wire.RegistryUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.ParameterException;

/** How a command ends. */
enum ExitCode {
    FINE(0),
    /** {@code check}, {@code verify}, {@code policy diff} or {@code demo --once} found a difference. */
    DIFFERENT(1),
    /** The user's input is wrong: usage, file, configuration. */
    USER(2),
    /** The environment failed: broker, registry, disk, port. */
    ENVIRONMENT(3),
    /** A bug of ours. */
    BUG(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Whose fault an error is: the one place where this is decided. */
    static ExitCode of(Throwable e) {
        if (e instanceof UserError
                || e instanceof ParameterException
                || e instanceof ConfigurationException
                || e instanceof ClusterSettingsException
                || e instanceof PolicyException) {
            return USER;
        }
        if (e instanceof EnvironmentException
                || e instanceof TopicUnavailableException
                || e instanceof RegistryUnavailableException
                || e instanceof IOException
                || e instanceof UncheckedIOException) {
            return ENVIRONMENT;
        }
        return BUG;
    }
}
