package eu.cloverwatch.audit.report;

import eu.cloverwatch.audit.replay.Spilled;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Results that are made when they are asked for, so that many take no memory. */
record InMemory<T>(int number, IntFunction<T> make) implements Spilled<T> {

    static <T> InMemory<T> of(List<T> results) {
        return new InMemory<>(results.size(), results::get);
    }

    @Override
    public long size() {
        return number;
    }

    @Override
    public void forEach(Consumer<T> sink) {
        for (int i = 0; i < number; i++) {
            sink.accept(make.apply(i));
        }
    }

    @Override
    public void close() {}
}
