package dev.nightshift.drive;

/** Everything outside that the driver reaches. */
public record Ports(
        Journal journal,
        Lease lease,
        Permits permits,
        Sensors sensors,
        Launcher launcher,
        PreflightChecks preflight,
        Backups backups,
        AbortPlan abortPlan,
        Workloads workloads,
        Announcer announcer) {}
