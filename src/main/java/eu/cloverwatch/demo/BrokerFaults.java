package eu.cloverwatch.demo;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Exit;

/**
 * Kafka halts its JVM on a fatal fault, without a word to whoever shares it. Here a fault is reported to the brokers that run; a
 * fault does not say whose it is, so all of them hear of it.
 */
final class BrokerFaults {

    private static final Set<CompletableFuture<EmbeddedBrokerException>> LISTENERS = ConcurrentHashMap.newKeySet();

    private BrokerFaults() {}

    /** Completes with the fault, if one comes; stays open otherwise. */
    static CompletableFuture<EmbeddedBrokerException> listen() {
        CompletableFuture<EmbeddedBrokerException> fault = new CompletableFuture<>();
        LISTENERS.add(fault);
        Exit.setExitProcedure(BrokerFaults::report);
        Exit.setHaltProcedure(BrokerFaults::report);
        return fault;
    }

    static void forget(CompletableFuture<EmbeddedBrokerException> fault) {
        LISTENERS.remove(fault);
    }

    private static void report(int status, String message) {
        String why = message == null ? "status " + status : message;
        LISTENERS.forEach(fault -> fault.complete(
                new EmbeddedBrokerException("the embedded broker failed: " + why + "; its log says more", null)));
    }
}
