package dev.nightshift.guards.guard;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table of all guards: key in a plan and metric label, RG- id, unit, default limits. */
public enum GuardKind {
    SENSING(
            "RG-SENSING",
            "sensing",
            "how old the newest reading is",
            Unit.DURATION,
            limits(seconds(3), seconds(5), null)),
    CLOCK(
            "RG-CLOCK",
            "clock",
            "whether the database's clock runs as ours does",
            Unit.DURATION,
            limits(null, seconds(5), null)),
    SERVER(
            "RG-FENCE",
            "server",
            "whether another server answers than the one that the run began on",
            Unit.COUNT,
            limits(null, Limit.of(1), null)),
    REPLICA_LAG(
            "RG-REPLAY-TIME",
            "replica lag",
            "how long ago the primary was where a replica is now",
            Unit.DURATION,
            limits(seconds(2), seconds(5), seconds(300))),
    REPLICA_BYTES(
            "RG-REPLAY-BYTES",
            "replica bytes",
            "WAL that a replica has not replayed",
            Unit.BYTES,
            limits(mib(64), mib(256), mib(4096))),
    REPLICA_MISSING(
            "RG-STANDBY-GONE",
            "replica missing",
            "how long a replica has been away",
            Unit.DURATION,
            limits(null, seconds(0), seconds(600))),
    SLOTS(
            "RG-SLOT",
            "slot",
            "how much of what a replica's slot may retain is used",
            Unit.FRACTION,
            limits(Limit.of(0.5), Limit.of(0.75), Limit.of(1).lasting(Duration.ofMinutes(10)))),
    BLOCKED_SESSIONS(
            "RG-BLOCKING-OTHERS",
            "blocked sessions",
            "sessions of others that wait for a lock of ours",
            Unit.COUNT,
            limits(
                    null,
                    Limit.of(1).lasting(Duration.ofSeconds(2)),
                    Limit.of(20).lasting(Duration.ofSeconds(30)))),
    SYNC_WAIT(
            "RG-SYNC-WAIT",
            "sync wait",
            "a commit of ours that waits for a synchronous standby",
            Unit.DURATION,
            limits(null, seconds(1), null)),
    SYNC_WAITERS(
            "RG-SYNC-WAITERS",
            "sync waiters",
            "sessions that have waited a second or more for a synchronous standby",
            Unit.COUNT,
            limits(Limit.of(2), Limit.of(5), Limit.of(20).lasting(Duration.ofSeconds(30)))),
    ARCHIVE(
            "RG-ARCHIVE",
            "archive",
            "WAL segments that wait to be archived, and an archiver that fails",
            Unit.COUNT,
            limits(Limit.of(20), Limit.of(42), Limit.of(500))),
    LOGICAL_SLOTS(
            "RG-LOGICAL",
            "logical slot",
            "WAL that a logical subscriber has not confirmed, and decoding that spills to disk",
            Unit.BYTES,
            limits(mib(64), mib(256), mib(2048))),
    CONNECTIONS("RG-CONN", "connections", "connections that are free", Unit.COUNT, limits(left(20), left(5), null)),
    XID_AGE(
            "RG-XID",
            "xid age",
            "the age of the oldest transaction and multixact id",
            Unit.COUNT,
            limits(Limit.of(1.0e9), Limit.of(1.5e9), Limit.of(1.8e9))),
    CHECKPOINTS(
            "RG-CHECKPOINT",
            "requested checkpoints",
            "checkpoints that were requested in the last minute",
            Unit.COUNT,
            limits(Limit.of(2), Limit.of(6), null)),
    TEMP_BYTES(
            "RG-TEMP",
            "temp bytes",
            "temporary files that were written in the last minute",
            Unit.BYTES,
            limits(mib(10 << 10), mib(50 << 10), null)),
    AUTOVACUUM(
            "RG-AUTOVACUUM",
            "dead rows",
            "dead rows to each live one, in the tables that the run locks",
            Unit.RATIO,
            limits(Limit.of(1.2), null, null)),
    WRAPAROUND(
            "RG-WRAPAROUND",
            "wraparound vacuum",
            "a vacuum against wraparound that waits for us",
            Unit.DURATION,
            limits(null, seconds(1), null)),
    XMIN_HORIZON(
            "RG-XMIN-HORIZON",
            "xmin horizon",
            "the oldest transaction, which keeps vacuum from removing rows",
            Unit.DURATION,
            limits(seconds(300), null, null)),
    STANDBY_CONFLICT(
            "RG-STANDBY-CONFLICT",
            "standby conflict",
            "a standby that has WAL and does not replay it",
            Unit.DURATION,
            limits(null, seconds(5), null)),
    LOCK_WAIT(
            "RG-WE-WAIT",
            "lock wait",
            "a session of ours that waits for a lock, and for whom",
            Unit.DURATION,
            limits(seconds(1), null, null)),
    PROGRESS_STALL(
            "RG-PROGRESS-STALL",
            "progress stall",
            "an index build, vacuum, rewrite or copy of ours that does not get on",
            Unit.DURATION,
            limits(null, seconds(600), null)),
    WAL_RATE("RG-WAL-RATE", "own wal", "WAL that the run writes a second", Unit.RATE, limits(null, mib(256), null)),
    DISK(
            "RG-DISK",
            "disk",
            "free space of data and WAL, of 50 GiB where there is more; seen on the server's machine only",
            Unit.FRACTION,
            limits(left(0.2), left(0.1), left(0.05))),
    CUSTOM_SQL("RG-CUSTOM-SQL", "custom sql", "a number that a query of the plan answers", Unit.NUMBER, Limits.NONE),
    PROMETHEUS(
            "RG-PROMETHEUS",
            "prometheus",
            "a number that Prometheus answers to a query of the plan",
            Unit.NUMBER,
            Limits.NONE);

    private static final Set<GuardKind> PROBES = EnumSet.of(CUSTOM_SQL, PROMETHEUS);

    private static final Set<GuardKind> PACING = EnumSet.of(REPLICA_LAG, REPLICA_BYTES, SLOTS);

    /** Loads of the server that others cause as well, so that an abort of ours may change nothing. */
    private static final Set<GuardKind> SHARED = EnumSet.of(SYNC_WAITERS, ARCHIVE, LOGICAL_SLOTS, XID_AGE);

    /** A permit rests on these: it ends five seconds after a reading, on one server's clock. */
    private static final Set<GuardKind> FIXED = EnumSet.of(SENSING, CLOCK, SERVER);

    private final String id;
    private final String words;
    private final String watches;
    private final Unit unit;
    // A record of records: immutable, which the check cannot see without an annotation of its own library.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Limits defaults;

    GuardKind(String id, String words, String watches, Unit unit, Limits defaults) {
        this.id = id;
        this.words = words;
        this.watches = watches;
        this.unit = unit;
        this.defaults = defaults;
    }

    public static Optional<GuardKind> named(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }

    /** By its key or its id, as waivers name it. */
    public static Optional<GuardKind> called(String keyOrId) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(keyOrId) || kind.id().equals(keyOrId))
                .findFirst();
    }

    /** Those whose limits a plan may set. */
    public static List<GuardKind> ofPlans() {
        return Arrays.stream(values()).filter(kind -> !FIXED.contains(kind)).toList();
    }

    /** The key in a plan's {@code guards} and the metric label: {@code replica-lag}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The signal's id in the list of runtime signals: {@code RG-REPLAY-TIME}. */
    public String id() {
        return id;
    }

    /** How a reason names it: {@code replica lag}. */
    public String words() {
        return words;
    }

    /** What it looks at, in one line. */
    public String watches() {
        return watches;
    }

    public Unit unit() {
        return unit;
    }

    public Limits defaults() {
        return defaults;
    }

    /** Whether only plans have such guards: each with a question, a name and limits of its own. */
    public boolean isProbe() {
        return PROBES.contains(this);
    }

    /** The levels for which a plan may set a limit. */
    public Set<Level> levels() {
        if (isProbe()) {
            return EnumSet.allOf(Level.class);
        }
        EnumSet<Level> levels = EnumSet.noneOf(Level.class);
        for (Level level : Level.values()) {
            if (defaults.at(level).isPresent()) {
                levels.add(level);
            }
        }
        return levels;
    }

    /** The worst that it can do: what it does not know is no worse. */
    Level worst() {
        return levels().stream().reduce(Level.SLOW, (one, other) -> one.compareTo(other) >= 0 ? one : other);
    }

    /** Whether its utilisation drives the pace; the others only slow, hold and abort. */
    public boolean paces() {
        return PACING.contains(this);
    }

    /** Whether a breach of its abort limit is somebody else's doing as well as ours: then a hold comes first and shows it. */
    public boolean isShared() {
        return SHARED.contains(this);
    }

    /** A hold is left when less than this share of the hold limit is used, three samples in a row. */
    public double calmBelow() {
        return isProbe() ? 1 : 0.3;
    }

    /** Slowing ends below this share of the slow limit, so that it does not flicker. */
    double slowLeftBelow() {
        return isProbe() ? 1 : 0.75;
    }

    /** Whether this is calm enough to leave a hold; what a plan asks for may have no zero to be a share of. */
    boolean calm(double observed, double used, Limits limits) {
        return isProbe() ? limits.breachesNone(observed) : used < calmBelow();
    }

    private static Limit seconds(long seconds) {
        return Limit.of(Duration.ofSeconds(seconds));
    }

    private static Limit mib(long mebibytes) {
        return Limit.of(mebibytes * (double) (1L << 20));
    }

    /** Breached when no more than this is left. */
    private static Limit left(double least) {
        return new Limit(least, Duration.ZERO, Comparison.AT_MOST);
    }

    private static Limits limits(@Nullable Limit slow, @Nullable Limit hold, @Nullable Limit abort) {
        return new Limits(slow, hold, abort);
    }
}
