package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Violation;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Filter;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the templates write values: {@code {{ count | n }}}. */
final class PageFilters extends AbstractExtension {

    /** Names in one cell before it says how many more there are. */
    private static final int NAMES = 6;

    @Override
    public Map<String, Filter> getFilters() {
        return Map.ofEntries(
                filter("n", value -> Wording.number(((Number) value).longValue())),
                filter("bytes", value -> Wording.bytes(((Number) value).longValue())),
                filter("time", value -> Wording.time((Instant) value)),
                filter("second", value -> Wording.time(((Instant) value).truncatedTo(ChronoUnit.SECONDS))),
                filter("date", value -> Wording.date((Instant) value)),
                filter("atBeginning", value -> InputFields.isBeginning((Instant) value)),
                filter("plain", value -> Wording.plain(value.toString())),
                filter("outcomes", value -> Wording.plain(value.toString()).replace("->", "→")),
                filter("rule", value -> Wording.rule(value.toString())),
                filter("rules", value -> ViolationLines.rules((Violation) value)),
                filter("country", value -> TallyView.place(value.toString(), "none outside")),
                filter("countries", value -> names(value, code -> TallyView.place(code, "none outside"))),
                filter("names", value -> names(value, name -> name)),
                filter("plainNames", value -> names(value, Wording::plain)),
                Map.entry("top", new OneArgument(PageFilters::top)),
                filter("css", value -> value.toString().toLowerCase(Locale.ROOT)));
    }

    private static String names(Object values, Function<String, String> name) {
        List<String> names = ((Collection<?>) values)
                .stream().map(value -> name.apply(value.toString())).distinct().toList();
        return Wording.list(names, NAMES);
    }

    private static Map.Entry<String, Filter> filter(String name, Function<Object, Object> function) {
        return Map.entry(name, new OneArgument((value, none) -> function.apply(value)));
    }

    /** @param function of the value, and of what stands in brackets after the filter's name */
    private record OneArgument(BiFunction<Object, @Nullable Object, Object> function) implements Filter {

        private static final String ARGUMENT = "argument";

        @Override
        public List<String> getArgumentNames() {
            return List.of(ARGUMENT);
        }

        @Override
        public Object apply(
                Object input, Map<String, Object> args, PebbleTemplate self, EvaluationContext context, int line) {
            return function.apply(input, args.get(ARGUMENT));
        }
    }

    private static Object top(Object values, @Nullable Object limit) {
        if (!(limit instanceof Number number)) {
            throw new IllegalArgumentException("expected top(number)");
        }
        return ((Collection<?>) values).stream().limit(number.longValue()).toList();
    }
}
