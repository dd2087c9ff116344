package dev.nightshift.bench.footprint;

import java.util.List;

/** The straight line that is nearest to some points. */
record Line(double start, double slope) {

    /** A point of it: something measured at a size. */
    record Point(double size, double value) {}

    /** By least squares, of at least two sizes. No cost shrinks as the size grows: a slope below zero is noise, and none. */
    static Line through(List<Point> points) {
        double meanSize = points.stream().mapToDouble(Point::size).average().orElseThrow();
        double meanValue = points.stream().mapToDouble(Point::value).average().orElseThrow();
        double together = 0;
        double alone = 0;
        for (Point point : points) {
            together += (point.size() - meanSize) * (point.value() - meanValue);
            alone += (point.size() - meanSize) * (point.size() - meanSize);
        }
        double slope = Math.max(0, together / alone);
        return new Line(meanValue - slope * meanSize, slope);
    }

    double at(double size) {
        return start + slope * size;
    }
}
