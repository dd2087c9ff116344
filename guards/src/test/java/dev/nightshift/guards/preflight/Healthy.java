package dev.nightshift.guards.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.guard.DeclaredReplicas;
import dev.nightshift.guards.guard.DeclaredReplicas.Declared;
import dev.nightshift.guards.guard.ReplicaClass;
import dev.nightshift.guards.preflight.Machine.Volume;
import dev.nightshift.guards.preflight.Replication.Archiver;
import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.preflight.Replication.Standby;
import dev.nightshift.guards.preflight.Situation.StepProblem;
import dev.nightshift.guards.preflight.StepSql.Effect;
import dev.nightshift.guards.preflight.StepSql.Touch;
import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A pair that passes everything, each part of which a test can make ill. */
final class Healthy {

    static final long MIB = 1L << 20;

    DeclaredReplicas replicas = DeclaredReplicas.listed(List.of(Declared.of("standby-a", ReplicaClass.REQUIRED)));
    PlannedBackup backup = new PlannedBackup(
            true, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    Definitions definitions = new Definitions(Fact.of(Map.of()), Optional.empty(), false);
    Hours hours = new Hours("the plan names no hours", List.of(), false);
    List<String> decoders = List.of();
    Set<String> backfilled = Set.of();
    Optional<Fact<Machine.DumpRoom>> dumpRoom = Optional.empty();
    boolean schemaStep;
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    Set<String> built = Set.of();
    Set<String> proved = Set.of();
    boolean relies;
    List<String> opaque = List.of();
    List<WalForecast> forecasts = List.of(WalForecast.sampled("fill", "public.t", 1e6, 100.0 * MIB, 10.0 * MIB));

    int version = 150_018;
    boolean inRecovery;
    boolean seesAll = true;
    List<Server.Setting> settings = List.of();
    long xidAge = 1_000_000;
    long freeConnections = 90;
    List<String> eventTriggers = List.of();
    List<String> superusers = List.of();

    Fact<List<Standby>> standbys = Fact.of(List.of(standby("standby-a", 0L, null, 1)));
    List<String> standing = List.of();
    List<String> withoutFeedback = List.of();
    String syncNames = "";
    List<Slot> slots = List.of(new Slot("standby_a", false, true, "reserved", null, 0L));
    Archiver archiver = new Archiver(true, false, "", 0);

    Fact<List<Activity.Transaction>> transactions = Fact.of(List.of());
    List<String> waiters = List.of();
    Fact<List<Activity.Vacuum>> vacuums = Fact.of(List.of());
    Fact<Long> baseBackups = Fact.of(0L);
    List<String> migrations = List.of();

    boolean owned = true;
    long changed;
    List<String> invalidIndexes = List.of();
    List<String> beingBuilt = List.of();
    List<String> unvalidated = List.of();
    List<String> inboundKeys = List.of();
    List<String> triggers = List.of();
    List<String> defaultPartitions = List.of();
    List<String> publications = List.of();
    boolean wholeOldRows;
    boolean rowSecurity;

    Fact<Optional<String>> dumpProgram = Fact.of(Optional.of("pg_dump 15.18"));
    Fact<Volume> disk = Fact.of(new Volume("/data", new ByteSize(1L << 40)));
    Fact<PlannedDowntime> downtime = Fact.of(PlannedDowntime.NONE);
    List<StepProblem> problems = List.of();

    static Standby standby(String name, @Nullable Long notReplayed, @Nullable Duration lag, long replyAge) {
        return new Standby(
                name, "standby_a", "streaming", "async", notReplayed, notReplayed, lag, Duration.ofSeconds(replyAge));
    }

    Situation situation() {
        Table table = new Table(
                "public.t",
                owned,
                500 * MIB,
                1e6,
                changed,
                true,
                2,
                40 * MIB,
                new Table.Details(
                        invalidIndexes,
                        beingBuilt,
                        unvalidated,
                        inboundKeys,
                        triggers,
                        defaultPartitions,
                        publications,
                        wholeOldRows,
                        rowSecurity));
        Touch touch = new Touch("public", "t", "public.t", effects);
        return new Situation(
                new PlannedWork(
                        replicas,
                        schemaStep,
                        backfilled,
                        Fact.of(List.of(new StepSql("sql", List.of(touch), built, proved, relies, opaque))),
                        forecasts),
                new Server(
                        version,
                        inRecovery,
                        "migrator",
                        seesAll,
                        settings,
                        xidAge,
                        100,
                        freeConnections,
                        eventTriggers,
                        superusers),
                new Replication(standbys, standing, withoutFeedback, syncNames, slots, archiver),
                new Activity(transactions, waiters, vacuums, baseBackups, migrations),
                backup,
                definitions,
                hours,
                decoders,
                List.of(table),
                new Machine(dumpProgram, dumpRoom, disk),
                downtime,
                problems);
    }

    /** All is well but for this. */
    void assertOnly(String id, Outcome outcome, String said) {
        assertThat(faults()).singleElement().satisfies(result -> {
            assertThat(result.check().id()).isEqualTo(id);
            assertThat(result.outcome()).isEqualTo(outcome);
            assertThat(result.seen()).contains(said);
            assertThat(result.remedy()).isNotEmpty();
        });
    }

    List<CheckResult> faults() {
        return Preflight.judge(situation(), Map.of()).results().stream()
                .filter(result -> result.outcome() != Outcome.PASS)
                .toList();
    }

    String seen(PreflightCheck check) {
        return Preflight.judge(situation(), Map.of()).results().stream()
                .filter(result -> result.check() == check)
                .findFirst()
                .orElseThrow()
                .seen();
    }
}
