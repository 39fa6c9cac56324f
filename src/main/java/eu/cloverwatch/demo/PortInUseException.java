package eu.cloverwatch.demo;

import java.io.IOException;

/** Something listens on the port already. */
public final class PortInUseException extends EmbeddedBrokerException {

    private final int port;

    public PortInUseException(int port, IOException cause) {
        super("port " + port + " is in use; give another one, or 0 for any free port", cause);
        this.port = port;
    }

    public int port() {
        return port;
    }
}
