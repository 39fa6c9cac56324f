package eu.cloverwatch.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports of 127.0.0.1. Kafka must be told its ports before it starts, as clients learn them from its configuration: a free one is
 * found by binding and releasing it.
 */
final class LoopbackPort {

    static final String HOST = "127.0.0.1";

    private LoopbackPort() {}

    /**
     * @param wanted 0 for any free one
     * @return a port that was free a moment ago
     * @throws PortInUseException if the wanted one is not free
     */
    static int free(int wanted) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), wanted));
            return socket.getLocalPort();
        } catch (BindException e) {
            throw new PortInUseException(wanted, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
