package dev.nightshift.bench.footprint;

import java.util.List;

/** The straight line that is nearest to some points. */
record Line(double start, double slope) {

    /** A point of it: something measured at a size. */
    record Point(double size, double value) {}

    /** By least squares; the points have at least two different sizes. */
    static Line through(List<Point> points) {
        double meanSize = points.stream().mapToDouble(Point::size).average().orElseThrow();
        double meanValue = points.stream().mapToDouble(Point::value).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (Point point : points) {
            together += (point.size() - meanSize) * (point.value() - meanValue);
            alone += (point.size() - meanSize) * (point.size() - meanSize);
        }
        double slope = together / alone;
        return new Line(meanValue - slope * meanSize, slope);
    }

    double at(double size) {
        return start + slope * size;
    }
}
