package dev.nightshift.metrics;

import dev.nightshift.drive.Past;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.DoubleConsumer;

/** How far a run is and how fast it goes. */
final class WorkMetrics {

    private static final Duration ALIVE = Duration.ofSeconds(10);

    private final DoubleConsumer progress;
    private final DoubleConsumer eta;
    private final DoubleConsumer batches;
    private final DoubleConsumer rows;
    private final DoubleConsumer wal;
    private final DoubleConsumer serverWalRate;
    private final DoubleConsumer foregroundWalRate;
    private final DoubleConsumer pace;
    private final DoubleConsumer paceRatio;
    private final DoubleConsumer rowRate;
    private final DoubleConsumer walRate;
    private final DoubleConsumer batchRows;
    private final BatchMetrics batchTimes;
    private final DoubleConsumer workerAge;
    private final DoubleConsumer down;
    private double highestPace;

    WorkMetrics(Board board) {
        progress = board.gauge("progress.ratio", "Rows done of the rows expected, over all work steps that count rows");
        eta = board.gauge("eta.seconds", "Until the current step is done at the worker's present speed");
        batches = board.total("batches", "Batches committed", "outcome", "committed");
        rows = board.total("rows", "Rows changed");
        wal = board.total("wal.bytes", "WAL around the run's batches and statements: an upper bound of its own");
        pace = board.gauge("pace.bytes.per.second", "WAL that the run may cause; +Inf is unlimited");
        paceRatio = board.gauge("pace.ratio", "1 at full pace, less when guards slow it, 0 without a permit");
        rowRate = board.gauge("worker.rows.per.second", "Rows that the worker changes");
        walRate = board.gauge("worker.wal.bytes.per.second", "WAL around the worker's batches: an upper bound");
        serverWalRate = board.gauge("server.wal.bytes.per.second", "WAL that the whole server writes");
        foregroundWalRate = board.gauge("foreground.wal.bytes.per.second", "WAL that others than the run write");
        batchRows = board.gauge("batch.size.rows", "Rows that a batch takes now");
        batchTimes = new BatchMetrics(board);
        down = board.gauge("workloads.down", "Workloads that the run has stopped and not brought back");
        workerAge = board.gauge("worker.heartbeat.age.seconds", "Since the worker's last sign of life");
    }

    void see(Past past) {
        see(past.steps());
        down.accept(past.down());
    }

    /** What the journal counts. */
    private void see(List<StepRecord> steps) {
        rows.accept((double) steps.stream().mapToLong(StepRecord::rowsDone).sum());
        batches.accept((double) steps.stream().mapToLong(StepRecord::batches).sum());
        wal.accept((double) steps.stream().mapToLong(StepRecord::walBytes).sum());
        progress.accept(progress(steps));
    }

    /** Nobody works: only what the journal counts goes on being shown. */
    void rest() {
        pace.accept(0);
        List.of(paceRatio, eta, rowRate, walRate, serverWalRate, foregroundWalRate, batchRows, workerAge)
                .forEach(gauge -> gauge.accept(Double.NaN));
    }

    void see(Tick tick) {
        List<StepRecord> steps = tick.report().steps();
        see(steps);
        down.accept(tick.report().down().size());
        see(tick.judgement().pace(), tick);
        Heartbeat none = new Heartbeat(0, "", 0, Duration.ZERO, "", WorkPace.NONE);
        boolean alive = tick.report()
                .heartbeat()
                .map(beat -> beat.age().compareTo(ALIVE) < 0)
                .orElse(false);
        WorkPace speed = alive ? tick.report().heartbeat().orElse(none).pace() : WorkPace.NONE;
        rowRate.accept(speed.rowsPerSecond());
        walRate.accept(speed.walPerSecond());
        serverWalRate.accept(tick.judgement().flow().total());
        foregroundWalRate.accept(tick.judgement().flow().others());
        batchRows.accept(speed.batchRows());
        batchTimes.see(tick.report().heartbeat());
        workerAge.accept(tick.report()
                .heartbeat()
                .map(beat -> beat.age().toMillis() / 1000.0)
                .orElse(Double.NaN));
        eta.accept(eta(steps, speed));
    }

    private void see(PaceDecision decision, Tick tick) {
        pace.accept(tick.permitted() ? decision.rate() : 0);
        if (!decision.unlimited()) {
            highestPace = Math.max(highestPace, decision.rate());
        }
        paceRatio.accept(tick.permitted() ? ratio(decision, tick.judgement().verdict()) : 0);
    }

    private double ratio(PaceDecision decision, Verdict verdict) {
        if (decision.unlimited() || verdict == Verdict.CLEAR) {
            return 1;
        }
        return highestPace == 0 ? 1 : Math.min(0.99, decision.rate() / highestPace);
    }

    private static double progress(List<StepRecord> steps) {
        double total = 0;
        double done = 0;
        for (StepRecord step : steps) {
            OptionalLong expected = step.rowsTotal();
            if (!step.abort() && expected.isPresent()) {
                double most = Math.max(expected.getAsLong(), step.rowsDone());
                total += most;
                done += step.state() == StepRecord.State.DONE ? most : step.rowsDone();
            }
        }
        return total == 0 ? Double.NaN : done / total;
    }

    private static double eta(List<StepRecord> steps, WorkPace speed) {
        return steps.stream()
                .flatMap(step -> step.remaining(speed.rowsPerSecond()).stream())
                .mapToDouble(Duration::toSeconds)
                .findFirst()
                .orElse(Double.NaN);
    }
}
