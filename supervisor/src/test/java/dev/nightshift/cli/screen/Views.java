package dev.nightshift.cli.screen;

import dev.nightshift.drive.GuardLook;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.view.AuditEntry;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Glance;
import dev.nightshift.view.ReplicaLine;
import dev.nightshift.view.RunView;
import dev.nightshift.view.StatusView;
import dev.nightshift.view.SupervisorView;
import dev.nightshift.view.WindowView;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Runs as tests want to see them. */
public final class Views {

    public static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    public static final Instant NOW = Instant.parse("2026-03-02T01:31:14Z");

    private Views() {}

    /** A standby that lags, a question without an answer, and nothing to archive. */
    public static GuardLook.Seen guards() {
        Finding lag = new Finding(
                GuardKind.REPLICA_LAG, "standby-a", Verdict.SLOW, 2.3, 2, new Finding.Seen("2.3 s", ">", "2 s"), "");
        Finding silent = new Finding(
                GuardKind.PROMETHEUS,
                "p99",
                Verdict.UNKNOWN,
                Double.NaN,
                0.5,
                new Finding.Seen("unknown", "of", "0.5"),
                "connection refused");
        Judgement judgement = new Judgement(
                NOW,
                Verdict.UNKNOWN,
                List.of(silent, lag),
                List.of(
                        new Standing(GuardKind.REPLICA_LAG, "standby-a", Verdict.SLOW, 2.3, 0.46),
                        new Standing(GuardKind.BLOCKED_SESSIONS, "by us", Verdict.CLEAR, 0, 0),
                        new Standing(GuardKind.ARCHIVE, "", Verdict.CLEAR, 0, 0, false),
                        new Standing(GuardKind.PROMETHEUS, "p99", Verdict.UNKNOWN, Double.NaN, Double.NaN)),
                List.of(),
                List.of(),
                PaceDecision.NONE_YET,
                PaceTick.Flow.UNKNOWN);
        return new GuardLook.Seen(judgement, List.of());
    }

    public static RunView run(RunState state) {
        boolean ended = state.isEnd();
        return new RunView(
                new RunId("7f3kmq"),
                "orders-total-cents",
                "0123abcd",
                "shop",
                state,
                NOW.minusSeconds(200),
                NOW.minusSeconds(1900),
                Optional.of(NOW.minusSeconds(1800)),
                ended ? Optional.of(NOW.minusSeconds(200)) : Optional.empty(),
                "ann@desk");
    }

    public static StatusView status(RunState state) {
        return new StatusView(
                NOW,
                run(state),
                steps(),
                Optional.of(worker()),
                Optional.of(glance()),
                Optional.of(backup()),
                Optional.of(new WindowView(true, Instant.parse("2026-03-02T04:00:00Z"), PARIS)),
                Optional.of(new SupervisorView("ann@desk/4711", NOW.plusSeconds(8))),
                events());
    }

    public static List<StepRecord> steps() {
        return List.of(
                step(0, false, "expand", "schema", StepRecord.State.DONE, "migration 42"),
                new StepRecord(
                        1,
                        false,
                        "fill",
                        "backfill",
                        "pausable",
                        StepRecord.State.RUNNING,
                        OptionalLong.of(3_000_000),
                        1_840_000,
                        412,
                        1_460_000_000,
                        "heap walk, 8 stripes",
                        Optional.empty()),
                step(2, false, "index", "statement", StepRecord.State.PENDING, ""),
                step(3, false, "no-gaps", "verify", StepRecord.State.PENDING, ""),
                step(4, true, "drop-index", "statement", StepRecord.State.PENDING, ""));
    }

    public static StepRecord step(
            int ordinal, boolean abort, String name, String kind, StepRecord.State state, String note) {
        return new StepRecord(
                ordinal, abort, name, kind, "atomic", state, OptionalLong.empty(), 0, 0, 0, note, Optional.empty());
    }

    public static Heartbeat worker() {
        return new Heartbeat(3, "desk", 4712, Duration.ofMillis(400), "fill", new WorkPace(28_100, 9.4e6, 2000, 480));
    }

    public static Glance glance() {
        return new Glance(
                NOW.minusMillis(300),
                "clear",
                "9.60 MiB/s",
                9.6e6,
                List.of("0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s"),
                List.of(
                        replica("standby-a", "streaming", 1.2, 14L << 20, 10.8 * (1 << 20)),
                        replica("standby-b", "streaming", 0.4, 3L << 20, 14.1 * (1 << 20))),
                11,
                List.of(),
                Optional.of(new Glance.PastFinding("slow", "replica lag standby-a 2.3 s > 2 s", NOW.minusSeconds(4))));
    }

    public static ReplicaLine replica(String name, String state, double lag, long bytes, double rate) {
        return new ReplicaLine(
                name,
                "required",
                state,
                "",
                OptionalDouble.of(lag),
                true,
                OptionalDouble.of(5),
                OptionalLong.of(bytes),
                OptionalLong.of(256L << 20),
                OptionalDouble.of(rate));
    }

    public static BackupView backup() {
        return new BackupView(
                "b1",
                "7f3kmq",
                "dump",
                "verified",
                "/backups/b1",
                "readable",
                OptionalLong.of(412L << 20),
                OptionalLong.of(96L << 20),
                Instant.parse("2026-03-02T01:00:20Z"),
                Optional.of(Instant.parse("2026-03-02T01:02:00Z")),
                Optional.empty());
    }

    /** A run that was begun and paused, and what was refused of somebody who says a formula. */
    public static List<AuditEntry> audit() {
        return List.of(
                audited("run/7f3kmq", "begin", "ann@desk", "/plans/orders.yaml", Optional.of("begun"), false),
                audited("intent/17", "pause", "bob@api", "deploy, then \"lunch\"", Optional.of("paused"), false),
                audited("intent/18", "abort", "eve@api", "=HYPERLINK(\"x\")", Optional.of("refused: no"), true),
                audited("intent/19", "resume", "alert Lag (a1b2)", "over", Optional.empty(), false),
                audited("thaw/3", "thaw", "ann@desk", "books are closed", Optional.of("thawed: year-end"), false));
    }

    private static AuditEntry audited(
            String id, String action, String by, String reason, Optional<String> outcome, boolean refused) {
        Optional<AuditEntry.About> about = action.equals("thaw")
                ? Optional.empty()
                : Optional.of(new AuditEntry.About(new RunId("7f3kmq"), "orders-total-cents", "0123abcd"));
        return new AuditEntry(
                id,
                NOW,
                "shop",
                about,
                action,
                false,
                by,
                "10.0.0.1",
                by.startsWith("alert")
                        ? AuditEntry.Via.ALERT
                        : by.endsWith("@api") ? AuditEntry.Via.API : AuditEntry.Via.DATABASE,
                Optional.of("migrator"),
                Optional.empty(),
                reason,
                outcome.map(seen -> NOW),
                outcome,
                refused);
    }

    public static List<EventView> events() {
        return List.of(
                new EventView(7, NOW.minusSeconds(4), "slowed", "standby-a", "replica lag standby-a 2.3 s > 2 s"),
                new EventView(8, NOW, "full-pace", "standby-a", "9.60 MiB/s of WAL"));
    }
}
