package eu.cloverwatch.audit.report;

import eu.cloverwatch.v1.Severity;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Bars over time, each of one unit and stacked by severity. Coordinates in pixels of {@link #WIDTH} by {@link #HEIGHT}.
 *
 * @param unit what a bar is: hour, day, week, month or year
 * @param busiest the highest bar in words; empty without bars
 */
record Timeline(String unit, List<Block> blocks, List<Tick> times, List<Tick> counts, String busiest) {

    static final int WIDTH = 720;
    static final int HEIGHT = 200;
    static final int LEFT = 52;
    static final int TOP = 10;
    static final int BOTTOM = 172;

    private static final int RIGHT = WIDTH - 10;
    private static final int MOST_BARS = 100;
    private static final double WIDEST = 48;

    /** A part of a bar. */
    record Block(String x, String y, String width, String height, Severity severity, String title) {}

    record Tick(String at, String text) {}

    private enum Unit {
        HOUR(ChronoUnit.HOURS, "d MMM HH:mm"),
        DAY(ChronoUnit.DAYS, "d MMM"),
        WEEK(ChronoUnit.WEEKS, "d MMM uuuu"),
        MONTH(ChronoUnit.MONTHS, "MMM uuuu"),
        YEAR(ChronoUnit.YEARS, "uuuu");

        private final ChronoUnit length;
        private final DateTimeFormatter format;

        Unit(ChronoUnit length, String pattern) {
            this.length = length;
            this.format = Wording.format(pattern);
        }

        /** The beginning of the unit that holds this time; weeks begin on Mondays. */
        ZonedDateTime floor(Instant time) {
            ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
            LocalDate day = utc.toLocalDate();
            return switch (this) {
                case HOUR -> utc.truncatedTo(ChronoUnit.HOURS);
                case DAY -> day.atStartOfDay(ZoneOffset.UTC);
                case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L).atStartOfDay(ZoneOffset.UTC);
                case MONTH -> day.withDayOfMonth(1).atStartOfDay(ZoneOffset.UTC);
                case YEAR -> day.withDayOfYear(1).atStartOfDay(ZoneOffset.UTC);
            };
        }

        long bars(Instant from, Instant to) {
            return length.between(floor(from), floor(to.minusMillis(1))) + 1;
        }
    }

    /** @param to exclusive */
    static Timeline of(Tally tally, Instant from, Instant to) {
        Unit unit = unit(from, to);
        Map<ZonedDateTime, long[]> bars = bars(tally, unit, from, to);
        long most = 0;
        String busiest = "";
        for (Map.Entry<ZonedDateTime, long[]> bar : bars.entrySet()) {
            long sum = sum(bar.getValue());
            if (sum > most) {
                most = sum;
                busiest = Wording.number(sum) + ", " + words(unit, bar.getKey());
            }
        }
        long step = step(most);
        long top = Math.max(step, (most + step - 1) / step * step);
        return new Timeline(
                unit.name().toLowerCase(Locale.ROOT),
                blocks(bars, unit, top),
                times(bars, unit),
                counts(top, step),
                busiest);
    }

    private static Unit unit(Instant from, Instant to) {
        for (Unit unit : Unit.values()) {
            if (unit.bars(from, to) <= MOST_BARS) {
                return unit;
            }
        }
        return Unit.YEAR;
    }

    private static Map<ZonedDateTime, long[]> bars(Tally tally, Unit unit, Instant from, Instant to) {
        Map<ZonedDateTime, long[]> bars = new TreeMap<>();
        for (ZonedDateTime start = unit.floor(from);
                start.toInstant().isBefore(to);
                start = start.plus(1, unit.length)) {
            bars.put(start, new long[Severity.values().length]);
        }
        tally.hours.forEach((hour, counts) -> {
            long[] bar = bars.computeIfAbsent(
                    unit.floor(Instant.ofEpochSecond(hour * 3600)), start -> new long[counts.length]);
            for (int i = 0; i < counts.length; i++) {
                bar[i] += counts[i];
            }
        });
        return bars;
    }

    private static List<Block> blocks(Map<ZonedDateTime, long[]> bars, Unit unit, long top) {
        List<Block> blocks = new ArrayList<>();
        double slot = (double) (RIGHT - LEFT) / bars.size();
        double gap = slot > 4 ? Math.min(2, slot * 0.15) : 0;
        int index = 0;
        for (Map.Entry<ZonedDateTime, long[]> bar : bars.entrySet()) {
            double x = LEFT + index++ * slot;
            double base = BOTTOM;
            for (int severity = bar.getValue().length - 1; severity >= 0; severity--) {
                long count = bar.getValue()[severity];
                if (count > 0) {
                    double height = (double) count / top * (BOTTOM - TOP);
                    base -= height;
                    blocks.add(new Block(
                            FlowMap.decimal(x),
                            FlowMap.decimal(base),
                            FlowMap.decimal(Math.min(slot - gap, WIDEST)),
                            FlowMap.decimal(Math.max(height, 0.5)),
                            Severity.values()[severity],
                            words(unit, bar.getKey()) + ": " + Wording.number(count) + " "
                                    + Severity.values()[severity]));
                }
            }
        }
        return blocks;
    }

    private static String words(Unit unit, ZonedDateTime start) {
        String text = unit.format.format(start);
        return switch (unit) {
            case WEEK -> "week from " + text;
            case HOUR -> "hour from " + text;
            case DAY -> Wording.format("d MMMM uuuu").format(start);
            default -> text;
        };
    }

    private static List<Tick> times(Map<ZonedDateTime, long[]> bars, Unit unit) {
        List<Tick> ticks = new ArrayList<>();
        double slot = (double) (RIGHT - LEFT) / bars.size();
        int every = Math.max(1, (bars.size() + 7) / 8);
        int index = 0;
        for (ZonedDateTime start : bars.keySet()) {
            if (index % every == 0) {
                ticks.add(new Tick(FlowMap.decimal(LEFT + index * slot), unit.format.format(start)));
            }
            index++;
        }
        return ticks;
    }

    private static List<Tick> counts(long top, long step) {
        List<Tick> ticks = new ArrayList<>();
        for (long count = 0; count <= top; count += step) {
            double y = BOTTOM - (double) count / top * (BOTTOM - TOP);
            ticks.add(new Tick(FlowMap.decimal(y), Wording.number(count)));
        }
        return ticks;
    }

    /** 1, 2 or 5 times a power of ten, so that at most five steps reach the top. */
    private static long step(long most) {
        for (long power = 1; ; power *= 10) {
            for (long factor : new long[] {1, 2, 5}) {
                if (most <= 4 * factor * power || power >= Long.MAX_VALUE / 50) {
                    return factor * power;
                }
            }
        }
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
