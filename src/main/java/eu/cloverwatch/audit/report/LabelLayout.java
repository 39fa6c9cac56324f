package eu.cloverwatch.audit.report;

import java.util.ArrayList;
import java.util.List;

/** Finds room for the names of places on a map: the more important first, each beside its place where it covers nothing. */
final class LabelLayout {

    /** Of the type that labels are set in, 11 pixels high; wider than most letters are. */
    private static final double LETTER_WIDTH = 6.1;

    private static final double LINE_HEIGHT = 13;
    private static final double GAP = 3;

    private final double width;
    private final double height;
    private final List<Box> taken = new ArrayList<>();

    record Point(double x, double y, double radius, String text, boolean origin) {}

    private record Box(double left, double top, double right, double bottom) {

        boolean overlaps(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    /** @param dx -1, 0 or 1 times the radius; the text starts, is centred, or ends there */
    private record Side(int dx, int dy) {
        String anchor() {
            return dx > 0 ? "start" : dx < 0 ? "end" : "middle";
        }
    }

    private static final List<Side> SIDES = List.of(
            new Side(1, 0),
            new Side(-1, 0),
            new Side(0, 1),
            new Side(0, -1),
            new Side(1, 1),
            new Side(1, -1),
            new Side(-1, 1),
            new Side(-1, -1));

    LabelLayout(double width, double height) {
        this.width = width;
        this.height = height;
    }

    /** In the order of their importance. A place that there is no room beside has no text. */
    List<FlowMap.Place> place(List<Point> points) {
        for (Point point : points) {
            taken.add(new Box(
                    point.x() - point.radius(),
                    point.y() - point.radius(),
                    point.x() + point.radius(),
                    point.y() + point.radius()));
        }
        return points.stream().map(this::place).toList();
    }

    private FlowMap.Place place(Point point) {
        for (Side side : SIDES) {
            Box box = box(point, side);
            boolean inside = box.left >= 0 && box.right <= width && box.top >= 0 && box.bottom <= height;
            if (inside && taken.stream().noneMatch(box::overlaps)) {
                taken.add(box);
                double textX = side.dx > 0 ? box.left : side.dx < 0 ? box.right : point.x();
                return place(point, point.text(), textX, box.bottom - LINE_HEIGHT * 0.25, side.anchor());
            }
        }
        return place(point, "", 0, 0, "start");
    }

    private static Box box(Point point, Side side) {
        double textWidth = point.text().length() * LETTER_WIDTH;
        double centreX = point.x() + side.dx * (point.radius() + GAP + textWidth / 2);
        double sideways = side.dx == 0 ? point.radius() + LINE_HEIGHT / 2 : LINE_HEIGHT * 0.8;
        double centreY = point.y() + side.dy * sideways;
        return new Box(
                centreX - textWidth / 2, centreY - LINE_HEIGHT / 2, centreX + textWidth / 2, centreY + LINE_HEIGHT / 2);
    }

    private static FlowMap.Place place(Point point, String text, double textX, double textY, String anchor) {
        return new FlowMap.Place(
                FlowMap.decimal(point.x()),
                FlowMap.decimal(point.y()),
                FlowMap.decimal(point.radius()),
                point.origin(),
                text,
                FlowMap.decimal(textX),
                FlowMap.decimal(textY),
                anchor);
    }
}
