package dev.nightshift.cli.screen;

import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of a run as lines: every number that limits something beside its limit, every change with its reason. */
public final class StatusLines {

    static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final int EVENTS = 5;

    private final ZoneId zone;

    public StatusLines(ZoneId zone) {
        this.zone = zone;
    }

    /** Lines of at most {@code width} columns. */
    public List<Line> of(StatusView view, int width) {
        Flow flow = new Flow(width);
        head(flow, view);
        progress(flow, view);
        outlook(flow, view);
        new WhyLines(zone).add(flow, view);
        new LimitLines(zone).add(flow, view);
        events(flow, view);
        return flow.lines();
    }

    private static void head(Flow flow, StatusView view) {
        RunView run = view.run();
        String word = run.state().word();
        Line left = Line.of(Style.BOLD, run.plan())
                .plus(" · run " + run.id() + " · ")
                .plus(StateStyle.of(run.state()), word);
        flow.ends(left, place(view));
    }

    private static Line place(StatusView view) {
        return switch (view.run().state().word()) {
            case "planned", "waiting" -> Line.of("not begun");
            case "preflight" -> Line.of("looking whether it can start");
            case "backup" -> Line.of("taking the backup");
            case "succeeded" -> Line.of("all " + view.currentPart().size() + " steps done");
            case "aborted" -> Line.of("abort plan done");
            default -> view.step().map(step -> stepPlace(view, step)).orElse(Line.EMPTY);
        };
    }

    private static Line stepPlace(StatusView view, StepRecord step) {
        List<StepRecord> part = view.currentPart();
        String which = step.abort() ? "abort step " : "step ";
        String how = step.note().isEmpty() ? step.kind() : step.kind() + ", " + step.note();
        return Line.of(which + (part.indexOf(step) + 1) + "/" + part.size() + "  ")
                .plus(Style.BOLD, step.name())
                .plus("  (" + how + ")");
    }

    private void progress(Flow flow, StatusView view) {
        if (view.step().isEmpty() || untouched(view.run().state())) {
            return;
        }
        StepRecord step = view.step().get();
        List<Line> pieces = new ArrayList<>();
        boolean done = step.state() == StepRecord.State.DONE;
        if (step.rowsTotal().isPresent()
                && (done || step.rowsDone() <= step.rowsTotal().getAsLong())) {
            long total = done ? step.rowsDone() : step.rowsTotal().getAsLong();
            double shown = done || total == 0 ? 1 : Math.min((double) step.rowsDone() / total, 0.999);
            pieces.add(Line.of(Glyphs.bar(shown, flow.width() >= 100 ? 25 : 20) + "  " + Quantity.percent(shown)));
            pieces.add(Line.of(Quantity.count(step.rowsDone()) + " / " + Quantity.count(total) + " rows"));
        } else if (step.rowsDone() > 0) {
            String more = step.rowsTotal().isPresent()
                    ? ", more than the " + Quantity.count(step.rowsTotal().getAsLong()) + " expected"
                    : "";
            pieces.add(Line.of(Quantity.count(step.rowsDone()) + " rows" + more));
        }
        if (moves(view.run().state())) {
            speed(view, pieces);
        }
        if (!pieces.isEmpty()) {
            flow.row(Line.EMPTY, pieces, 0);
        }
    }

    private void speed(StatusView view, List<Line> pieces) {
        if (!view.workerAlive() || view.worker().isEmpty()) {
            return;
        }
        WorkPace pace = view.worker().get().pace();
        if (pace.rowsPerSecond() > 0) {
            pieces.add(Line.of(Quantity.count(pace.rowsPerSecond()) + " rows/s"));
        }
        view.expectedEnd()
                .filter(end -> view.outlook().isEmpty())
                .ifPresent(end -> pieces.add(Line.of("done about " + expected(view.at(), end))));
    }

    private static void outlook(Flow flow, StatusView view) {
        view.outlook()
                .filter(seen -> !view.run().state().isEnd())
                .ifPresent(seen -> flow.labelled("outlook", Line.of(seen.sentence())));
    }

    private String expected(Instant now, Instant end) {
        boolean far = Duration.between(now, end).compareTo(Duration.ofHours(20)) > 0;
        return far ? "in " + Quantity.time(Duration.between(now, end)) : clock(end);
    }

    private String clock(Instant instant) {
        return MINUTE.withZone(zone).format(instant);
    }

    private void events(Flow flow, StatusView view) {
        List<EventView> events = view.events();
        for (EventView event : events.subList(Math.max(0, events.size() - EVENTS), events.size())) {
            String time = SECOND.withZone(zone).format(event.at());
            String kind = String.format(Locale.ROOT, "%-9s", event.kind());
            flow.row(
                    Line.of(Style.DIM, time + "  ").plus(StateStyle.ofEvent(event.kind()), kind),
                    List.of(Line.of("  " + message(event))),
                    Flow.LABEL);
        }
    }

    /** What a run came to is the news of a change of state. */
    private static String message(EventView event) {
        return event.kind().equals("state") ? event.subject() + ": " + event.line() : event.line();
    }

    private static boolean moves(RunState state) {
        return state.word().equals("working") || state.word().equals("aborting");
    }

    private static boolean untouched(RunState state) {
        return switch (state.word()) {
            case "planned", "waiting", "preflight", "backup" -> true;
            default -> false;
        };
    }
}
