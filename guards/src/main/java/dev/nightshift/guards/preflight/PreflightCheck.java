package dev.nightshift.guards.preflight;

/** Every check, in the order in which they are shown. */
@SuppressWarnings("ImmutableEnumChecker") // A rule is a static function.
public enum PreflightCheck {
    VERSION("PF-VERSION", "the server's version", Waiving.NEVER, VersionCheck::judge),
    PRIMARY("PF-PRIMARY", "whether the server takes writes", Waiving.NEVER, PrimaryCheck::judge),
    POOLER("PF-PGBOUNCER", "whether sessions are the server's own", Waiving.NEVER, PoolerCheck::judge),
    ROLE("PF-ROLE", "what the role may see and do", Waiving.ALLOWED, RoleCheck::judge),
    CONNECTIONS("PF-CONNECTIONS", "free connections", Waiving.ALLOWED, ConnectionsCheck::judge),
    TIMEOUTS("PF-TIMEOUTS", "timeouts that sessions inherit", Waiving.ALLOWED, TimeoutsCheck::judge),
    WRAPAROUND("PF-WRAPAROUND", "age of transaction numbers", Waiving.ALLOWED, WraparoundCheck::judge),
    STANDBY_PRESENT("PF-STANDBY-PRESENT", "declared standbys", Waiving.ALLOWED, StandbyPresentCheck::judge),
    LAG_BYTES("PF-LAG-BYTES", "WAL not replayed yet", Waiving.ALLOWED, LagBytesCheck::judge),
    LAG_TIME("PF-LAG-TIME", "how late standbys replay", Waiving.ALLOWED, LagTimeCheck::judge),
    DELAYED_STANDBY(
            "PF-DELAYED-STANDBY", "standbys whose replay stands still", Waiving.ALLOWED, StandingStandbyCheck::judge),
    SYNC_STANDBY("PF-SYNC-STANDBY", "spare synchronous standbys", Waiving.ALLOWED, SyncStandbyCheck::judge),
    SLOT_INACTIVE("PF-SLOT-INACTIVE", "slots that nobody reads", Waiving.ALLOWED, SlotInactiveCheck::judge),
    SLOT_WAL_STATUS("PF-SLOT-WAL-STATUS", "room that slots have left", Waiving.ALLOWED, SlotWalStatusCheck::judge),
    ARCHIVER("PF-ARCHIVER", "WAL archiving", Waiving.ALLOWED, ArchiverCheck::judge),
    DISK("PF-DISK", "room on the server's disk", Waiving.ALLOWED, DiskCheck::judge),
    STEPS("PF-STEP", "what each step needs of what is there", Waiving.NEVER, StepsCheck::judge),
    TOUCHED("PF-TOUCHED", "tables that the steps touch", Waiving.ALLOWED, TouchedCheck::judge),
    LONG_XACT("PF-LONG-XACT", "long transactions", Waiving.ALLOWED, LongTransactionCheck::judge),
    LOCK_QUEUE("PF-LOCK-QUEUE", "sessions waiting for touched tables", Waiving.ALLOWED, LockQueueCheck::judge),
    FOREIGN_DUMP("PF-FOREIGN-DUMP", "dumps of touched tables by others", Waiving.ALLOWED, ForeignDumpCheck::judge),
    VACUUM("PF-VACUUM-ON-TABLE", "vacuums of touched tables", Waiving.ALLOWED, VacuumCheck::judge),
    INVALID_INDEX("PF-INVALID-INDEX", "invalid indexes of touched tables", Waiving.ALLOWED, InvalidIndexCheck::judge),
    UNVALIDATED("PF-UNVALIDATED", "constraints that were never proved", Waiving.ALLOWED, UnvalidatedCheck::judge),
    TABLE_SIZE("PF-TABLE-SIZE", "size and statistics of touched tables", Waiving.ALLOWED, TableSizeCheck::judge),
    INBOUND_FK("PF-INBOUND-FK", "foreign keys into touched tables", Waiving.ALLOWED, InboundKeysCheck::judge),
    TRIGGERS("PF-TRIGGERS", "triggers that steps fire", Waiving.ALLOWED, TriggersCheck::judge),
    PARENTS("PF-PARENTS", "default partitions", Waiving.ALLOWED, PartitionsCheck::judge),
    RLS("PF-RLS", "row-level security that applies to the role", Waiving.ALLOWED, RowSecurityCheck::judge),
    PUBLICATION("PF-PUBLICATION", "whether the journal stays in this database", Waiving.ALLOWED, JournalCheck::judge),
    SUBSCRIPTIONS("PF-SUBSCRIPTIONS", "publications of touched tables", Waiving.ALLOWED, PublicationsCheck::judge),
    DRIFT("PF-DRIFT", "definitions of touched tables", Waiving.ALLOWED, DriftCheck::judge),
    SINGLETON("PF-SINGLETON", "other migration tools at work", Waiving.ALLOWED, SingletonCheck::judge),
    WINDOW("PF-WINDOW", "the hours, and what else runs then", Waiving.ALLOWED, WindowCheck::judge),
    BACKUP("PF-BACKUP", "the backup before the first write", Waiving.ALLOWED, BackupCheck::judge),
    TOOLS("PF-TOOLS", "the programs that take the backup", Waiving.ALLOWED, ToolsCheck::judge),
    WORKLOADS("PF-WORKLOADS", "applications that steps stop", Waiving.ALLOWED, DowntimeCheck::judge);

    /** Whether a plan may let it pass; what cannot work at all it may not. */
    private enum Waiving {
        ALLOWED,
        NEVER
    }

    private final String id;
    private final String looksAt;
    private final Waiving waiving;
    private final Rule rule;

    PreflightCheck(String id, String looksAt, Waiving waiving, Rule rule) {
        this.id = id;
        this.looksAt = looksAt;
        this.waiving = waiving;
        this.rule = rule;
    }

    /** The name that a plan's waiver has. */
    public String id() {
        return id;
    }

    public String looksAt() {
        return looksAt;
    }

    public boolean waivable() {
        return waiving == Waiving.ALLOWED;
    }

    /** Whether what it saw is written into the run's history whatever it was: the next look is held against it. */
    boolean remembered() {
        return this == DRIFT;
    }

    Rule rule() {
        return rule;
    }
}
