package dev.nightshift.metrics;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Tick;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Holder;
import dev.nightshift.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Which state a run is in, who holds it, its window and its backup, and how runs end. */
final class StateMetrics {

    private static final List<String> STATES = List.of(
            "planned",
            "waiting",
            "preflight",
            "backup",
            "working",
            "holding",
            "parked",
            "finishing",
            "succeeded",
            "aborting",
            "aborted",
            "abort-incomplete",
            "failed",
            "unclear");
    private static final List<String> OUTCOMES =
            List.of("succeeded", "aborted", "abort-incomplete", "failed", "unclear");

    private final Map<String, DoubleConsumer> states = new LinkedHashMap<>();
    private final Tally outcomes;
    private final Map<Holder.Kind, DoubleConsumer> holders = new EnumMap<>(Holder.Kind.class);
    private final Tally held;
    private final Tally aborts;
    private final DoubleConsumer lastSuccess;
    private final DoubleConsumer windowOpen;
    private final DoubleConsumer windowCloses;
    private final DoubleConsumer backupVerified;
    private final DoubleConsumer backupSize;
    private final DoubleConsumer backupTook;
    private final DoubleConsumer backupAt;
    private final Tally backupFailures;
    private String before = "";
    private Optional<String> failedBackup = Optional.empty();

    StateMetrics(Board board) {
        STATES.forEach(state -> states.put(state, board.gauge("run.state", "1 for the run's state", "state", state)));
        outcomes = board.tally("runs", "Runs that ended");
        OUTCOMES.forEach(word -> outcomes.announce("outcome", word));
        held = board.tally("hold.seconds", "Time on hold");
        for (Holder.Kind kind : Holder.Kind.values()) {
            holders.put(kind, board.gauge("holders", "1 while this kind holds the run", "holder", word(kind)));
            held.announce("holder", word(kind));
        }
        aborts = board.tally("aborts", "Aborts that were begun");
        for (Cause.Kind kind : Cause.Kind.values()) {
            aborts.announce("trigger", word(kind));
        }
        lastSuccess = board.gauge("run.last.success.timestamp.seconds", "When a run succeeded last");
        windowOpen = board.gauge("window.open", "1 while the run may work");
        windowCloses = board.gauge("window.close.timestamp.seconds", "When the open window closes");
        backupVerified = board.gauge("backup.verified", "1 when the run has a verified backup");
        backupSize = board.gauge("backup.size.bytes", "Size of the run's backup");
        backupTook = board.gauge("backup.duration.seconds", "From its beginning until it was verified");
        backupAt = board.gauge("backup.last.success.timestamp.seconds", "When the run's backup was verified");
        backupFailures = board.tally("backup.failures", "Backups that failed or could not be verified")
                .announce();
    }

    void see(Tick tick, double seconds) {
        RunState state = tick.run().state();
        states.forEach((word, gauge) -> gauge.accept(word.equals(state.word()) ? 1 : 0));
        holders.forEach((kind, gauge) -> {
            boolean holds = state.holders().of(kind).isPresent();
            gauge.accept(holds ? 1 : 0);
            held.add(holds ? seconds : 0, "holder", word(kind));
        });
        tick.windowCloses().ifPresent(closes -> windowCloses.accept(epoch(closes)));
        boolean idle = state.word().equals("waiting") || state.word().equals("parked");
        boolean closed =
                tick.windowCloses().isEmpty() && idle && state.holders().isEmpty();
        windowOpen.accept(closed ? 0 : 1);
        if (!before.equals(state.word())) {
            entered(tick, state);
            before = state.word();
        }
        tick.report().backup().ifPresent(this::see);
    }

    private void entered(Tick tick, RunState state) {
        if (OUTCOMES.contains(state.word())) {
            outcomes.add(1, "outcome", state.word());
        }
        if (state.word().equals("succeeded")) {
            lastSuccess.accept(epoch(tick.at()));
        }
        boolean counted = before.equals("aborting");
        cause(state).filter(cause -> !counted).ifPresent(cause -> aborts.add(1, "trigger", word(cause.kind())));
    }

    private void see(BackupRecord backup) {
        boolean verified = backup.state() == BackupRecord.State.VERIFIED;
        backupVerified.accept(verified ? 1 : 0);
        if (backup.bytes().isPresent()) {
            backupSize.accept((double) backup.bytes().getAsLong());
        }
        backup.verifiedAt().ifPresent(at -> {
            backupAt.accept(epoch(at));
            backupTook.accept(Duration.between(backup.startedAt(), at).toMillis() / 1000.0);
        });
        boolean failed = backup.state() == BackupRecord.State.FAILED;
        if (failed && !failedBackup.equals(Optional.of(backup.id()))) {
            failedBackup = Optional.of(backup.id());
            backupFailures.add(1);
        }
    }

    private static Optional<Cause> cause(RunState state) {
        if (state instanceof Aborting aborting) {
            return Optional.of(aborting.cause());
        }
        if (state instanceof Aborted aborted) {
            return Optional.of(aborted.cause());
        }
        return state instanceof AbortIncomplete incomplete ? Optional.of(incomplete.cause()) : Optional.empty();
    }

    private static double epoch(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private static String word(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
