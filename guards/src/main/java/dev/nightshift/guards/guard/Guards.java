package dev.nightshift.guards.guard;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Every guard that judges samples; a new one is a file and a line here. */
final class Guards {
    private static final List<Guard> ALL = List.of(
            new ClockGuard(),
            new ServerGuard(),
            new ReplicaLagGuard(),
            new ReplicaBytesGuard(),
            new ReplicaMissingGuard(),
            new SlotsGuard(),
            new BlockedSessionsGuard(),
            new SyncWaitGuard(),
            new ReadingGuard(GuardKind.SYNC_WAITERS),
            new ArchiveGuard(),
            new LogicalSlotsGuard(),
            new ReadingGuard(GuardKind.CONNECTIONS),
            new ReadingGuard(GuardKind.XID_AGE),
            new GrowthGuard(GuardKind.CHECKPOINTS),
            new GrowthGuard(GuardKind.TEMP_BYTES),
            new ReadingGuard(GuardKind.AUTOVACUUM),
            new ReadingGuard(GuardKind.WRAPAROUND),
            new ReadingGuard(GuardKind.XMIN_HORIZON),
            new StandbyConflictGuard(),
            new ReadingGuard(GuardKind.LOCK_WAIT),
            new ProgressStallGuard(),
            new WalRateGuard(),
            new DiskGuard(),
            new ProbeGuard(GuardKind.CUSTOM_SQL),
            new ProbeGuard(GuardKind.PROMETHEUS));

    private Guards() {}

    static Map<GuardKind, List<Measure>> measure(Facts facts) {
        Map<GuardKind, List<Measure>> measures = new EnumMap<>(GuardKind.class);
        for (Guard guard : ALL) {
            measures.put(guard.kind(), guard.measure(facts));
        }
        return measures;
    }
}
