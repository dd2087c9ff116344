package dev.nightshift.http.page;

import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.RunId;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.view.BackupView;
import dev.nightshift.view.Chronicle.ReadingView;
import dev.nightshift.view.Glance;
import dev.nightshift.view.ReplicaLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** What is seen of a night's run; it is a little further with each look. */
final class NightScene {

    private final AtomicLong looks = new AtomicLong();
    private final RunId run;
    private final String word;
    private final Instant begun;

    NightScene(RunId run, String word, Instant begun) {
        this.run = run;
        this.word = word;
        this.begun = begun;
    }

    void goOn() {
        looks.incrementAndGet();
    }

    List<StepRecord> steps() {
        long done = 1_840_000 + looks.get() * 9_000;
        return List.of(
                step(0, "expand", "schema", "atomic", StepRecord.State.DONE, OptionalLong.empty(), 0, "migration 42"),
                step(
                        1,
                        "fill" + word,
                        "backfill",
                        "pausable",
                        StepRecord.State.RUNNING,
                        OptionalLong.of(3_000_000),
                        Math.min(done, 2_990_000),
                        "heap walk, 8 stripes" + word),
                step(2, "index", "statement", "cancel-only", StepRecord.State.PENDING, OptionalLong.empty(), 0, ""),
                step(3, "no-gaps", "verify", "atomic", StepRecord.State.PENDING, OptionalLong.empty(), 0, ""),
                step(
                        4,
                        "drop-index",
                        "statement",
                        "cancel-only",
                        StepRecord.State.PENDING,
                        OptionalLong.empty(),
                        0,
                        ""));
    }

    private static StepRecord step(
            int ordinal,
            String name,
            String kind,
            String of,
            StepRecord.State state,
            OptionalLong total,
            long done,
            String note) {
        return new StepRecord(
                ordinal,
                ordinal == 4,
                name,
                kind,
                of,
                state,
                total,
                done,
                done / 4_470,
                done * 790,
                note,
                Optional.empty());
    }

    Heartbeat worker(boolean works) {
        double wave = 1 + 0.15 * Math.sin(looks.get() / 2.0);
        WorkPace pace = works
                ? new WorkPace(28_100 * wave, 9.4e6 * wave, (int) (2_000 * wave), (int)
                        (470 + 60 * Math.cos(looks.get() / 3.0)))
                : new WorkPace(0, 0, 0, 0);
        return new Heartbeat(3, "nightshift-0", 4712, Duration.ofMillis(400), "fill", pace);
    }

    Glance glance(Instant now) {
        boolean slow = looks.get() % 20 > 16;
        return new Glance(
                now.minusMillis(300),
                slow ? "slow" : "clear",
                "9.60 MiB/s",
                9.6 * (1 << 20),
                List.of("0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s"),
                List.of(
                        replica("standby-a", slow ? 2.3 : 1.2, 14L << 20, 10.8),
                        replica("standby-b", 0.4, 3L << 20, 14.1)),
                11,
                slow
                        ? List.of(
                                new Glance.FindingLine("replica-lag", "slow", "replica lag standby-a 2.3 s > 2 s", ""))
                        : List.of(),
                Optional.of(new Glance.PastFinding("slow", "replica lag standby-a 2.4 s > 2 s", now.minusSeconds(40))));
    }

    private static ReplicaLine replica(String name, double lag, long bytes, double mibs) {
        return new ReplicaLine(
                name,
                "required",
                "streaming",
                "",
                OptionalDouble.of(lag),
                true,
                OptionalDouble.of(5),
                OptionalLong.of(bytes),
                OptionalLong.of(256L << 20),
                OptionalDouble.of(mibs * (1 << 20)));
    }

    BackupView backup() {
        return new BackupView(
                "b1",
                run.text(),
                "dump",
                "verified",
                "/backups/shop/" + run + word,
                "readable",
                OptionalLong.of(412L << 20),
                OptionalLong.of(5L << 30),
                begun.plusSeconds(40),
                Optional.of(begun.plusSeconds(150)),
                Optional.empty());
    }

    /** Every ten seconds of the last hour, but for two holds. */
    List<ReadingView> readings(Instant since) {
        List<ReadingView> all = new ArrayList<>();
        Instant now = Instant.now();
        for (int ago = 10; ago < 3_300; ago += 10) {
            Instant at = now.minusSeconds(ago);
            boolean held = (ago > 540 && ago < 700) || (ago > 1_255 && ago < 1_310);
            if (at.isAfter(since) && !held) {
                double slow =
                        Math.exp(-Math.abs(ago - 1_320) / 60.0) * 4.2 + Math.exp(-Math.abs(ago - 1_890) / 40.0) * 1.4;
                double wave = 0.9 + 0.3 * Math.sin(ago / 37.0) + slow;
                all.add(new ReadingView(at, "replica-lag", "standby-a", wave));
                all.add(new ReadingView(at, "replica-lag", "standby-b", 0.35 + 0.1 * Math.sin(ago / 23.0)));
                double batch = 1 + 0.15 * Math.sin(ago / 20.0);
                all.add(new ReadingView(at, "wal", "", (1 << 20) * (9.1 - slow * 1.7) * batch));
                all.add(new ReadingView(at, "batch-time", "", 0.47 + 0.06 * Math.cos(ago / 30.0)));
                all.add(new ReadingView(at, "batch-rows", "", Math.floor((2_000 - slow * 260) * batch)));
                all.add(new ReadingView(at, "pace", "", (1 << 20) * (9.6 - slow * 1.7 + 0.6 * Math.sin(ago / 150.0))));
            }
        }
        return all;
    }
}
