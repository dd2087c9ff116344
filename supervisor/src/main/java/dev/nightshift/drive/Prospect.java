package dev.nightshift.drive;

import dev.nightshift.plan.HoldStep;
import dev.nightshift.plan.Plan;
import dev.nightshift.plan.StatementClass;
import dev.nightshift.plan.Step;
import dev.nightshift.plan.VerifyStep;
import dev.nightshift.plan.WindowSpec;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.time.OpenTimes;
import dev.nightshift.time.Outlook;
import dev.nightshift.time.Outlook.Piece;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Says from what is known of a run when it will be done. */
final class Prospect {

    /** A pace over less says nothing. */
    private static final Duration LEAST_SEEN = Duration.ofSeconds(20);

    /** A worker that was silent for longer has no pace now. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Plan plan;
    private final ZoneId zone;

    Prospect(Plan plan) {
        this.plan = plan;
        this.zone = plan.windowSpec().map(WindowSpec::zone).orElse(ZoneOffset.UTC);
    }

    /** Empty while nothing is known of the present step, and when nothing is left. */
    Optional<Outlook> of(Report report, List<Took> before, OpenHours hours) {
        List<StepRecord> left = report.steps().stream()
                .filter(step -> !step.abort() && step.state() != StepRecord.State.DONE)
                .toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        List<Piece> pieces = new ArrayList<>();
        List<String> uncounted = new ArrayList<>();
        for (StepRecord record : left) {
            piece(record, report, before, hours)
                    .ifPresentOrElse(pieces::add, () -> why(record).ifPresent(uncounted::add));
        }
        boolean firstIsKnown =
                !pieces.isEmpty() && pieces.get(0).step().equals(left.get(0).name());
        return firstIsKnown ? Optional.of(laid(hours, pieces, uncounted)) : Optional.empty();
    }

    private Outlook laid(OpenHours hours, List<Piece> pieces, List<String> uncounted) {
        Instant from = hours.now();
        for (Freeze freeze : hours.freezes()) {
            if (freeze.until().isEmpty()) {
                return Outlook.without("no date: " + freeze.words() + ", without an end");
            }
            from = freeze.until().get().isAfter(from) ? freeze.until().get() : from;
        }
        return Outlook.of(from, hours.window(), zone, pieces, uncounted);
    }

    private Optional<Piece> piece(StepRecord record, Report report, List<Took> before, OpenHours hours) {
        Step step = plan.steps().get(record.ordinal());
        return step.statementClass() == StatementClass.PAUSABLE
                ? rows(record, report, hours)
                : whole(record, step, before, hours);
    }

    private static Optional<Piece> whole(StepRecord record, Step step, List<Took> before, OpenHours hours) {
        if (!step.inOnePiece()) {
            return Optional.empty();
        }
        return Forecast.of(step, before).map(forecast -> {
            Duration since = record.state() == StepRecord.State.RUNNING
                    ? record.startedAt()
                            .map(begun -> Duration.between(begun, hours.now()))
                            .orElse(Duration.ZERO)
                    : Duration.ZERO;
            Duration least = forecast.takes().minus(since);
            return new Piece.Whole(record.name(), least.isNegative() ? Duration.ZERO : least, forecast.takes());
        });
    }

    private static Optional<Piece> rows(StepRecord record, Report report, OpenHours hours) {
        if (record.state() != StepRecord.State.RUNNING || record.rowsTotal().isEmpty()) {
            return Optional.empty();
        }
        long left = record.rowsTotal().getAsLong() - record.rowsDone();
        double[] paces = DoubleStream.concat(now(report).stream(), average(record, hours).stream())
                .filter(pace -> pace > 0)
                .sorted()
                .toArray();
        return left < 0 || paces.length == 0
                ? Optional.empty()
                : Optional.of(
                        new Piece.Divisible(record.name(), time(left, paces[paces.length - 1]), time(left, paces[0])));
    }

    private static OptionalDouble now(Report report) {
        return report.heartbeat().filter(beat -> beat.age().compareTo(FRESH) < 0).map(Heartbeat::pace).stream()
                .mapToDouble(pace -> pace.rowsPerSecond())
                .findFirst();
    }

    /** By the time in which the window was open: nights that are over tell how the next will go, the days between not. */
    private static OptionalDouble average(StepRecord record, OpenHours hours) {
        Duration open = record.startedAt()
                .map(begun -> OpenTimes.passed(hours.window(), begun, hours.now()))
                .orElse(Duration.ZERO);
        return open.compareTo(LEAST_SEEN) < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(record.rowsDone() * 1000.0 / open.toMillis());
    }

    private static Duration time(long rows, double pace) {
        return Duration.ofMillis(Math.round(rows / pace * 1000));
    }

    /** Empty for what takes a moment. */
    private Optional<String> why(StepRecord record) {
        Step step = plan.steps().get(record.ordinal());
        if (step instanceof HoldStep) {
            return Optional.of(record.name() + " (waits for a person)");
        }
        if (step instanceof VerifyStep) {
            return Optional.of(record.name() + " (verifies)");
        }
        return switch (step.statementClass()) {
            case PAUSABLE -> Optional.of(record.name() + " (its rows are counted when it begins)");
            case CANCEL_ONLY -> Optional.of(record.name() + " (no forecast)");
            case ATOMIC -> Optional.empty();
        };
    }
}
