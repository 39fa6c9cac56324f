package eu.cloverwatch.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of 127.0.0.1. Kafka must be told its ports before it starts, as clients learn them from its configuration: a free one is
 * found by binding and releasing it.
 */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    /** Below the ports that systems give to outgoing connections, any of which could take it before the broker does. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private LoopbackPort() {}

    /**
     * @param wanted 0 for any free one
     * @return a port that was free a moment ago
     * @throws PortInUseException if the wanted one is not free
     */
    static int free(int wanted) {
        return wanted == 0 ? freeBeside(wanted) : bound(wanted);
    }

    /**
     * @param other a port that is about to be used
     * @return another port, that was free a moment ago
     */
    static int freeBeside(int other) {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try {
                if (port != other) {
                    return bound(port);
                }
            } catch (PortInUseException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int bound(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new PortInUseException(port, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
