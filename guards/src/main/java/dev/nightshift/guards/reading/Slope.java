package dev.nightshift.guards.reading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** The last seconds of one number, and how fast it moves; a value, on the monotonic clock. */
public final class Slope {
    private static final int MOST_POINTS = 128;

    private final Duration window;
    private final List<Point> points;

    private Slope(Duration window, List<Point> points) {
        this.window = window;
        this.points = points;
    }

    private record Point(long nanos, double value) {}

    /** Remembers this long. */
    public static Slope over(Duration window) {
        return new Slope(window, List.of());
    }

    public Slope noted(long nanos, double value) {
        List<Point> next = new ArrayList<>();
        int from = Math.max(0, points.size() - MOST_POINTS + 1);
        for (Point point : points.subList(from, points.size())) {
            if (nanos - point.nanos() <= window.toNanos() && nanos > point.nanos()) {
                next.add(point);
            }
        }
        next.add(new Point(nanos, value));
        return new Slope(window, next);
    }

    /** How much of the window has been seen. */
    public Duration span() {
        return points.size() < 2
                ? Duration.ZERO
                : Duration.ofNanos(newest().nanos() - points.get(0).nanos());
    }

    /** Change a second over the whole window; empty before two observations. */
    public OptionalDouble perSecond() {
        return perSecond(window);
    }

    /** Change a second over the last part of the window. */
    public OptionalDouble perSecond(Duration last) {
        for (Point point : points) {
            long age = points.isEmpty() ? 0 : newest().nanos() - point.nanos();
            if (age > 0 && age <= last.toNanos()) {
                return OptionalDouble.of((newest().value() - point.value()) / (age / 1e9));
            }
        }
        return OptionalDouble.empty();
    }

    /** The newest value; empty before the first. */
    public OptionalDouble latest() {
        return points.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(newest().value());
    }

    private Point newest() {
        return points.get(points.size() - 1);
    }
}
