package dev.nightshift.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.drive.BackupRecord;
import dev.nightshift.drive.Past;
import dev.nightshift.drive.Report;
import dev.nightshift.drive.Reports;
import dev.nightshift.drive.Tick;
import dev.nightshift.guards.guard.Finding;
import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Judgement;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.guard.ReplicaView;
import dev.nightshift.guards.guard.Standing;
import dev.nightshift.guards.guard.Verdict;
import dev.nightshift.guards.pace.PaceDecision;
import dev.nightshift.guards.pace.PaceTick;
import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.guards.reading.SlotRow;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Metrics of one run of a plan, and ticks for them. */
class MetricsScene {

    static final Instant START = Instant.parse("2026-03-02T01:00:00Z");
    static final String ONE = "{database=\"shop\",plan=\"orders\"";

    Instant now = START;
    String source = "";
    StepRecord.State undo = StepRecord.State.PENDING;
    final RunMetrics metrics = new RunMetrics("orders", "shop", "0.1.0", () -> now);

    double value(String name, String... labels) {
        Pattern line = Pattern.compile("nightshift_" + name + "\\{(.*)} (\\S+)");
        List<Double> found = metrics.metrics()
                .lines()
                .map(line::matcher)
                .filter(match -> match.matches() && List.of(labels).stream().allMatch(match.group(1)::contains))
                .map(match -> Double.parseDouble(match.group(2)))
                .toList();
        assertThat(found).as(name + List.of(labels)).hasSize(1);
        return found.get(0);
    }

    Tick tick(RunState state, Verdict verdict, double rate) {
        RunRecord run = run(state);
        Finding.Seen seen = new Finding.Seen("2.3 s", ">", "2 s");
        List<Finding> findings = verdict == Verdict.CLEAR
                ? List.of()
                : List.of(new Finding(GuardKind.REPLICA_LAG, "standby-a", verdict, 2.3, 2, seen, ""));
        Judgement judgement = new Judgement(
                now,
                verdict,
                findings,
                List.of(new Standing(GuardKind.REPLICA_LAG, "standby-a", verdict, 2.3, 0.46)),
                List.of(replica("standby-a", "streaming"), replica("standby-b", "gone for 12 s")),
                List.of(new SlotRow("standby_a", false, true, "reserved", null, 5_000_000L, null)),
                new PaceDecision(rate, PaceDecision.Step.KEEP, 0.4, 0.4, List.of()),
                new PaceTick.Flow(12e6, 9e6, 3e6));
        Report report = Reports.of(
                Optional.of(
                        new Heartbeat(1, "desk", 7, Duration.ofSeconds(1), "fill", new WorkPace(100, 1e6, 500, 480))),
                steps(),
                Optional.of(new BackupRecord(
                        "b1",
                        "dump",
                        BackupRecord.State.VERIFIED,
                        "/b1",
                        "readable",
                        OptionalLong.of(412),
                        OptionalLong.empty(),
                        START,
                        Optional.of(START.plusSeconds(90)),
                        Optional.empty())));
        return new Tick(run, judgement, report, rate > 0, now, Optional.empty());
    }

    RunRecord run(RunState state) {
        return new RunRecord(new RunId("7f3kmq"), "orders", "0123", source, "/plans/orders.yaml", 1, state);
    }

    Past past(RunState state, Map<String, Long> states) {
        Past.Runs runs = new Past.Runs(
                states,
                Map.of(Cause.Kind.OPERATOR, states.getOrDefault("aborted", 0L) + states.getOrDefault("aborting", 0L)),
                3,
                Optional.of(START.minusSeconds(7200)));
        return new Past(
                run(state), true, START.minusSeconds(3600), START.minusSeconds(60), steps(), Optional.empty(), runs);
    }

    List<StepRecord> steps() {
        StepRecord fill = new StepRecord(
                0,
                false,
                "fill",
                "backfill",
                "pausable",
                StepRecord.State.RUNNING,
                OptionalLong.of(3000),
                1500,
                12,
                48_000_000,
                "",
                Optional.empty());
        StepRecord drop = new StepRecord(
                1, true, "undo", "statement", "atomic", undo, OptionalLong.empty(), 0, 0, 0, "", Optional.empty());
        return List.of(fill, drop);
    }

    private static ReplicaView replica(String name, String state) {
        boolean there = state.equals("streaming");
        return new ReplicaView(
                name,
                ReplicaClass.REQUIRED,
                state,
                "",
                there ? Duration.ofMillis(2300) : null,
                true,
                there ? new ByteSize(14_000_000) : null,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Duration.ofSeconds(5),
                null);
    }
}
