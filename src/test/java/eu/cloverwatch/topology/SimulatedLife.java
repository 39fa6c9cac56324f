package eu.cloverwatch.topology;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/**
 * Gives the processors on a test driver what they meet in life and the driver does not have: stores that were restored before
 * {@code init}, and internal topics in which records lie for a while. Public because Streams makes it, by its name.
 */
public final class SimulatedLife implements ProcessorWrapper {

    /** Configuration key of the {@link Past}. */
    static final String PAST = "simulation.past";

    private static final Duration TICK = Duration.ofMillis(1);

    private Past past = new Past(0, false);

    /** What outlives a restart: changelogs, and what is in the internal topics. */
    static final class Past {

        /** Content of each store by name, as its changelog has it. */
        final Map<String, Map<Bytes, byte[]>> stores = new HashMap<>();

        /** Records that have not arrived, by the node that reads them, and topic. */
        final Map<String, Map<String, Deque<Record<?, ?>>>> underWay = new HashMap<>();

        /** Whether internal topics hold records back until the wall clock moves. */
        boolean lagging;

        private final SimulatedDice dice;
        private final boolean gatewaysFirst;
        private final Set<String> restored = new HashSet<>();
        private int depth;

        /**
         * @param gatewaysFirst whether no change of a gateway is behind other topics: where these are by more than the look-back,
         *     it is a late fact
         */
        Past(long seed, boolean gatewaysFirst) {
            this.dice = new SimulatedDice(seed);
            this.gatewaysFirst = gatewaysFirst;
        }

        /** To be called before each start. */
        void starts() {
            restored.clear();
            depth = 0;
        }

        boolean isEmpty() {
            return underWay.values().stream()
                    .flatMap(topics -> topics.values().stream())
                    .allMatch(Deque::isEmpty);
        }
    }

    @Override
    public void configure(Map<String, ?> configs) {
        past = (Past) Objects.requireNonNull(configs.get(PAST), PAST);
    }

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return ProcessorWrapper.asWrapped(new ProcessorSupplier<KIn, VIn, KOut, VOut>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return new Living<>(name, supplier.get(), past);
            }

            @Override
            public Set<org.apache.kafka.streams.state.StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        });
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String name, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private static final class Living<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {

        private final String name;
        private final Processor<KIn, VIn, KOut, VOut> processor;
        private final Past past;
        private ProcessorContext<KOut, VOut> context;

        @SuppressWarnings("NullAway.Init") // Streams calls init before anything else
        Living(String name, Processor<KIn, VIn, KOut, VOut> processor, Past past) {
            this.name = name;
            this.processor = processor;
            this.past = past;
        }

        @Override
        public void init(ProcessorContext<KOut, VOut> context) {
            this.context = context;
            for (String store : ((InternalProcessorContext<?, ?>) context).currentNode().stateStores) {
                if (past.restored.add(store)) {
                    KeyValueStore<Bytes, byte[]> innermost = innermost(context.getStateStore(store));
                    past.stores.getOrDefault(store, Map.of()).forEach(innermost::put);
                }
            }
            if (past.underWay.containsKey(name)) {
                deliverLater();
            }
            processor.init(context);
        }

        /** Below the layers that write the changelog: what is restored is in it already. */
        @SuppressWarnings("unchecked")
        private static KeyValueStore<Bytes, byte[]> innermost(StateStore store) {
            StateStore inner = store;
            while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
                inner = wrapper.wrapped();
            }
            return (KeyValueStore<Bytes, byte[]>) inner;
        }

        private void deliverLater() {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, now -> deliver());
        }

        /** One record of each topic, or none: which topic is ahead of the other is chance. */
        @SuppressWarnings("unchecked") // put there by process()
        private void deliver() {
            Map<String, Deque<Record<?, ?>>> topics = past.underWay.getOrDefault(name, Map.of());
            topics.forEach((topic, records) -> {
                while (past.gatewaysFirst && topic.contains("gateway-changes") && !records.isEmpty()) {
                    pass((Record<KIn, VIn>) records.remove());
                }
            });
            for (Deque<Record<?, ?>> records : topics.values()) {
                Record<?, ?> record = past.dice.oneIn(2) ? records.poll() : null;
                if (record != null) {
                    pass((Record<KIn, VIn>) record);
                }
            }
        }

        /** Only the first node after a source reads a topic; those behind it are called by it. */
        @Override
        public void process(Record<KIn, VIn> record) {
            String topic =
                    context.recordMetadata().map(metadata -> metadata.topic()).orElse("");
            if (past.depth > 0 || !topic.endsWith("-repartition")) {
                pass(record);
                return;
            }
            Deque<Record<?, ?>> records = past.underWay
                    .computeIfAbsent(name, node -> {
                        deliverLater();
                        return new LinkedHashMap<>();
                    })
                    .computeIfAbsent(topic, key -> new ArrayDeque<>());
            if (past.lagging || !records.isEmpty()) {
                records.add(record);
            } else {
                pass(record);
            }
        }

        private void pass(Record<KIn, VIn> record) {
            past.depth++;
            try {
                processor.process(record);
            } finally {
                past.depth--;
            }
        }

        @Override
        public void close() {
            processor.close();
        }
    }
}
