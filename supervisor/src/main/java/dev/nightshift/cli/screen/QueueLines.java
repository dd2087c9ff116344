package dev.nightshift.cli.screen;

import dev.nightshift.view.QueueView;
import dev.nightshift.view.QueueView.Waits;
import dev.nightshift.view.RunView;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The queue of a database as a table: what is under way, then what waits in its order, each with why. */
public final class QueueLines {

    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final DateTimeFormatter time;

    public QueueLines(ZoneId zone) {
        this.time = DAY_AND_TIME.withZone(zone);
    }

    public List<Line> of(QueueView queue) {
        int plan = 2
                + Stream.concat(
                                queue.active().stream(),
                                queue.waiting().stream().map(Waits::run))
                        .mapToInt(run -> run.plan().length())
                        .reduce("PLAN".length(), Math::max);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(
                Style.DIM,
                pad("RUN", 8) + pad("PLAN", plan) + pad("STATE", 12) + pad("PRIORITY", 10) + pad("SINCE", 18)
                        + pad("BY", 20) + "WAITS"));
        queue.active()
                .ifPresent(run ->
                        lines.add(line(run, plan, "", run.state().holders().toString())));
        for (Waits one : queue.waiting()) {
            String why = one.why().isEmpty() ? "begins next" : one.why();
            lines.add(line(one.run(), plan, Integer.toString(one.priority()), why));
        }
        return lines;
    }

    /** Only what has to be said of the queue beside the status of a run. */
    public List<Line> beside(QueueView queue) {
        return queue.waiting().stream()
                .map(one -> Line.of(Style.DIM, "queue     ")
                        .plus(one.run().id() + "  " + one.run().plan() + "  ")
                        .plus(one.why().isEmpty() ? "begins next" : one.why()))
                .toList();
    }

    private Line line(RunView run, int plan, String priority, String waits) {
        return Line.of(pad(run.id().text(), 8) + pad(run.plan(), plan))
                .plus(StateStyle.of(run.state()), pad(run.state().word(), 12))
                .plus(pad(priority, 10) + pad(time.format(run.since()), 18) + pad(run.by(), 20) + waits);
    }

    private static String pad(String text, int width) {
        return text.length() >= width ? text + " " : text + " ".repeat(width - text.length());
    }
}
