package dev.nightshift.cli.screen;

import dev.nightshift.view.BackupView;
import dev.nightshift.view.Glance;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.ReplicaLine;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.WindowView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** What limits a run: pace, replicas, guards, backup and window, each value beside its limit. */
final class LimitLines {

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration RECENT = Duration.ofMinutes(10);

    private static final String NO_BACKUP = "none: the plan wants none, so nothing can be restored from here";

    private final ZoneId zone;

    LimitLines(ZoneId zone) {
        this.zone = zone;
    }

    void add(Flow flow, StatusView view) {
        if (!view.run().state().isEnd()) {
            view.glance().ifPresent(glance -> seen(flow, view, glance));
        }
        keep(flow, view);
    }

    private static void seen(Flow flow, StatusView view, Glance glance) {
        Duration age = Duration.between(glance.at(), view.at());
        if (age.compareTo(FRESH) > 0) {
            flow.labelled("last look", Line.of(Style.CAREFUL, Quantity.time(age) + " ago; since then not known"));
        }
        pace(flow, glance);
        replicas(flow, glance);
        guards(flow, view, glance);
    }

    private static void pace(Flow flow, Glance glance) {
        List<Line> pieces = new ArrayList<>();
        boolean number = glance.walRate() > 0 && !Double.isInfinite(glance.walRate());
        pieces.add(Line.of(number ? glance.pace() + " of WAL" : glance.pace()));
        if (!glance.paceReasons().isEmpty()) {
            pieces.add(Line.of(Style.DIM, String.join("; ", glance.paceReasons())));
        }
        flow.labelled(Line.of(Style.DIM, "pace"), pieces);
    }

    private static void replicas(Flow flow, Glance glance) {
        if (glance.replicas().isEmpty()) {
            flow.labelled("replicas", Line.of("none"));
            return;
        }
        int name = widest(glance.replicas().stream().map(ReplicaLine::name).toList());
        int kind = widest(glance.replicas().stream().map(ReplicaLine::kind).toList());
        int time = widest(glance.replicas().stream()
                .map(LimitLines::time)
                .map(Line::plain)
                .toList());
        int bytes = widest(glance.replicas().stream()
                .map(LimitLines::bytes)
                .map(Line::plain)
                .toList());
        Line label = Line.of(Style.DIM, "replicas");
        for (ReplicaLine replica : glance.replicas()) {
            List<Line> pieces = new ArrayList<>();
            pieces.add(Line.of(left(replica.name(), name) + "  " + left(replica.kind(), kind)));
            pieces.add(right(time(replica), time));
            pieces.add(right(bytes(replica), bytes));
            pieces.add(doing(replica));
            flow.labelled(label, pieces);
            label = Line.EMPTY;
        }
    }

    private static Line time(ReplicaLine replica) {
        String most = replica.timeLagExact() ? "" : "at least ";
        return against(
                replica.timeLag(),
                replica.timeLimit(),
                replica.timeLag().isEmpty()
                        ? "lag ?"
                        : most + Quantity.seconds(replica.timeLag().getAsDouble()),
                replica.timeLimit().isEmpty()
                        ? ""
                        : Quantity.seconds(replica.timeLimit().getAsDouble()));
    }

    private static Line bytes(ReplicaLine replica) {
        OptionalLong lag = replica.byteLag();
        OptionalLong limit = replica.byteLimit();
        return against(
                number(lag),
                number(limit),
                lag.isEmpty() ? "bytes ?" : Quantity.bytes(lag.getAsLong()),
                limit.isEmpty() ? "" : Quantity.bytes(limit.getAsLong()));
    }

    private static OptionalDouble number(OptionalLong whole) {
        return whole.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of((double) whole.getAsLong());
    }

    private static Line against(OptionalDouble value, OptionalDouble limit, String observed, String most) {
        if (limit.isEmpty()) {
            return Line.of(observed);
        }
        boolean over = value.isEmpty() || value.getAsDouble() >= limit.getAsDouble();
        return Line.of(over ? Style.BAD : Style.PLAIN, observed).plus(" of " + most);
    }

    private static Line doing(ReplicaLine replica) {
        if (!replica.streaming() || !replica.note().isEmpty()) {
            String note = replica.note().isEmpty() ? "" : " (" + replica.note() + ")";
            return Line.of(replica.streaming() ? Style.PLAIN : Style.CAREFUL, replica.state() + note);
        }
        return replica.replayRate().isPresent()
                ? Line.of("replays " + Quantity.perSecond(replica.replayRate().getAsDouble()))
                : Line.of(replica.state());
    }

    private static void guards(Flow flow, StatusView view, Glance glance) {
        List<Line> pieces = new ArrayList<>();
        Line clear = Line.of(glance.clear() + " clear");
        if (glance.findings().isEmpty()) {
            pieces.add(glance.last()
                    .filter(past -> Duration.between(past.endedAt(), view.at()).compareTo(RECENT) < 0)
                    .map(past -> clear.plus(" · ")
                            .plus(
                                    Style.DIM,
                                    past.verdict() + ": " + past.reason() + " (" + age(view, past.endedAt())
                                            + " ago, over)"))
                    .orElse(clear));
        }
        boolean first = true;
        for (Glance.FindingLine finding : glance.findings()) {
            Line line = Line.of(StateStyle.ofVerdict(finding.verdict()), finding.verdict() + ": " + finding.reason());
            line = finding.note().isEmpty() ? line : line.plus(Style.DIM, " (" + finding.note() + ")");
            pieces.add(first ? clear.plus(" · ").plus(line) : line);
            first = false;
        }
        flow.labelled(Line.of(Style.DIM, "guards"), pieces);
    }

    private static String age(StatusView view, Instant then) {
        long seconds = Math.max(0, Duration.between(then, view.at()).toSeconds());
        return Quantity.time(Duration.ofSeconds(seconds));
    }

    private void keep(Flow flow, StatusView view) {
        List<Line> pieces = new ArrayList<>();
        view.backup().ifPresentOrElse(backup -> backup(backup, pieces), () -> withoutBackup(view, pieces));
        view.window().filter(window -> !view.run().state().isEnd()).ifPresent(window -> pieces.add(window(window)));
        if (!pieces.isEmpty()) {
            boolean backup = view.backup().isPresent() || view.withoutBackup();
            flow.labelled(Line.of(Style.DIM, backup ? "backup" : "window"), pieces);
        }
    }

    private static void withoutBackup(StatusView view, List<Line> pieces) {
        if (view.withoutBackup()) {
            pieces.add(Line.of(Style.CAREFUL, NO_BACKUP));
        }
    }

    private void backup(BackupView backup, List<Line> pieces) {
        pieces.add(backup(backup));
        restoreLoses(backup).map(Line::of).ifPresent(pieces::add);
    }

    /** What everybody, the run included, has written since; empty where nothing or not known. */
    static Optional<String> restoreLoses(BackupView backup) {
        long bytes = backup.verified() ? backup.walSince().orElse(0) : 0;
        return bytes == 0
                ? Optional.empty()
                : Optional.of("a restore would lose " + Quantity.bytes(bytes) + " of WAL since");
    }

    private Line backup(BackupView backup) {
        if (backup.none()) {
            return Line.of(Style.CAREFUL, NO_BACKUP);
        }
        return switch (backup.state()) {
            case "verified" ->
                Line.of("verified " + backup.verifiedAt().map(this::clock).orElse("") + " (" + backup.verification()
                        + size(backup) + ")");
            case "outdated" -> Line.of("too old by now: another one is taken");
            case "pruned" -> Line.of("was verified; its files were pruned since");
            case "running" -> Line.of("being taken since " + clock(backup.startedAt()));
            default -> Line.of(Style.BAD, "failed: " + backup.failure().orElse("see the events"));
        };
    }

    private static String size(BackupView backup) {
        return backup.bytes().isPresent() ? ", " + Quantity.bytes(backup.bytes().getAsLong()) : "";
    }

    private static Line window(WindowView window) {
        String when = StatusLines.MINUTE.withZone(window.zone()).format(window.changesAt()) + " " + window.zone();
        return window.open()
                ? Line.of("window closes " + when)
                : Line.of(Style.CAREFUL, "window closed, opens " + when);
    }

    private String clock(Instant instant) {
        return StatusLines.MINUTE.withZone(zone).format(instant);
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static Line right(Line line, int width) {
        return Line.of(" ".repeat(width - line.width())).plus(line);
    }
}
