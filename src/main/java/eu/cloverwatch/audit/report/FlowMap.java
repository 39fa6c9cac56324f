package eu.cloverwatch.audit.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A drawing of where data went: from the country where it lay to the first recipient outside, lines as wide as flows are
 * frequent. Coordinates in pixels of {@link #WIDTH} by {@link #HEIGHT}, outlines in tenths.
 *
 * @param land outline of all countries that no flow leads to, in one path
 * @param recipients outlines of the others
 * @param routes rarest first, so that the most frequent is drawn on top
 */
record FlowMap(String land, List<Shape> recipients, List<Line> routes, List<Place> places) {

    static final int WIDTH = 960;
    static final int HEIGHT = 410;

    /** Beyond this many lines a map is a tangle; the table beside it has them all. */
    private static final int ROUTES = 60;

    private static final double WIDEST = 9;
    private static final Comparator<Map.Entry<Tally.Route, Long>> MOST =
            Map.Entry.<Tally.Route, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey());

    /** @param shade 1 to 4, by how much reached the country */
    record Shape(String outline, int shade, String title) {}

    record Line(String path, String width, String title) {}

    /** @param anchor where the text is attached, as SVG has it; empty text: no room for one */
    record Place(
            String x,
            String y,
            String radius,
            boolean origin,
            String text,
            String textX,
            String textY,
            String anchor) {}

    /** Of these flows; those within a country, or from or to none, are not drawn. */
    static FlowMap of(Tally tally, WorldMap world) {
        List<Map.Entry<Tally.Route, Long>> drawn = tally.routes.entrySet().stream()
                .filter(route -> world.country(route.getKey().origin()) != null
                        && world.country(route.getKey().recipient()) != null
                        && !route.getKey().origin().equals(route.getKey().recipient()))
                .sorted(MOST)
                .limit(ROUTES)
                .toList();
        Map<String, Long> reached = new LinkedHashMap<>();
        Set<String> origins = new TreeSet<>();
        drawn.forEach(route -> {
            reached.merge(route.getKey().recipient(), route.getValue(), Long::sum);
            origins.add(route.getKey().origin());
        });
        return new FlowMap(
                land(world, reached), shapes(world, reached), lines(world, drawn), places(world, reached, origins));
    }

    private static String land(WorldMap world, Map<String, Long> reached) {
        StringBuilder outlines = new StringBuilder();
        world.all().stream()
                .filter(country -> !reached.containsKey(country.code()))
                .forEach(country -> outlines.append(country.outline()));
        return outlines.toString();
    }

    private static List<Shape> shapes(WorldMap world, Map<String, Long> reached) {
        long most = most(reached);
        List<Shape> shapes = new ArrayList<>();
        for (Counts.Count count : Counts.ranked(reached)) {
            WorldMap.Country country = world.country(count.key());
            if (country != null && !country.outline().isEmpty()) {
                int shade = 1 + (int) Math.min(3, Math.floor(4 * Math.sqrt((double) count.count() / most)));
                shapes.add(new Shape(country.outline(), shade, country.name() + ": " + Wording.number(count.count())));
            }
        }
        return shapes;
    }

    private static long most(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    }

    private static List<Line> lines(WorldMap world, List<Map.Entry<Tally.Route, Long>> drawn) {
        List<Line> lines = new ArrayList<>();
        for (Map.Entry<Tally.Route, Long> route : drawn) {
            WorldMap.Country from = world.country(route.getKey().origin());
            WorldMap.Country to = world.country(route.getKey().recipient());
            if (from != null && to != null) {
                double width = WIDEST
                        * Math.sqrt((double) route.getValue() / drawn.get(0).getValue());
                lines.add(
                        0,
                        new Line(
                                arc(from, to),
                                decimal(Math.max(1, width)),
                                from.name() + " to " + to.name() + ": " + Wording.number(route.getValue())));
            }
        }
        return lines;
    }

    /** Bends upwards, the more the farther, as one draws flights. */
    private static String arc(WorldMap.Country from, WorldMap.Country to) {
        double distance = Math.hypot(to.x() - from.x(), to.y() - from.y());
        double middleX = (from.x() + to.x()) / 2;
        double middleY = (from.y() + to.y()) / 2 - distance * 0.22;
        return "M" + decimal(from.x()) + " " + decimal(from.y()) + "Q" + decimal(middleX) + " " + decimal(middleY) + " "
                + decimal(to.x()) + " " + decimal(to.y());
    }

    private static List<Place> places(WorldMap world, Map<String, Long> reached, Set<String> origins) {
        LabelLayout labels = new LabelLayout(WIDTH, HEIGHT);
        long most = most(reached);
        List<LabelLayout.Point> points = new ArrayList<>();
        for (Counts.Count count : Counts.ranked(reached)) {
            WorldMap.Country country = world.country(count.key());
            if (country != null) {
                double radius = 2.5 + 4.5 * Math.sqrt((double) count.count() / most);
                points.add(new LabelLayout.Point(
                        country.x(), country.y(), radius, country.name() + " " + Wording.number(count.count()), false));
            }
        }
        for (String origin : origins) {
            WorldMap.Country country = world.country(origin);
            if (country != null) {
                points.add(new LabelLayout.Point(country.x(), country.y(), 3, country.name(), true));
            }
        }
        return labels.place(points);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
