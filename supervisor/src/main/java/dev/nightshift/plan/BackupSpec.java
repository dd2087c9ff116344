package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How the backup before the run's first write is taken, and what it takes to be trusted. */
public sealed interface BackupSpec {

    /** No backup: allowed, and said loudly wherever the run is shown. */
    record None() implements BackupSpec {}

    /**
     * A {@code pg_dump} in directory format.
     *
     * @param directory absolute; each dump gets its own directory inside
     * @param jobs parallel connections, 1 to 64
     * @param tables what is dumped; empty for the whole database
     * @param maxAge a verified backup that is younger serves again; zero when each run takes its own
     */
    record Dump(Path directory, int jobs, List<TableName> tables, Verification verify, Duration maxAge)
            implements BackupSpec {

        public Dump {
            if (jobs < 1 || jobs > 64) {
                throw new IllegalArgumentException("expected 1 to 64 jobs, found " + jobs);
            }
            if (maxAge.isNegative()) {
                throw new IllegalArgumentException("expected an age of zero or more, found " + maxAge);
            }
            tables = List.copyOf(tables);
        }

        public boolean wholeDatabase() {
            return tables.isEmpty();
        }
    }

    /**
     * A backup that somebody else takes and keeps: the supervisor asks for it and waits for it, and nothing of it is read
     * here.
     */
    sealed interface Elsewhere extends BackupSpec {

        /** After which one that is not ready is given up. */
        Duration timeout();

        /** Up to which a backup of before the run serves; zero when each run takes its own. */
        Duration maxAge();
    }

    /**
     * A backup of a managed database: one command that begins it, one that tells how far it is.
     *
     * @param passed names of variables of the supervisor that both commands see
     * @param directory in which both run
     * @param every how often it is asked for at first
     */
    record Command(
            List<String> start,
            List<String> poll,
            List<String> passed,
            Path directory,
            Duration timeout,
            Duration every,
            Duration maxAge)
            implements Elsewhere {

        public Command {
            start = List.copyOf(start);
            poll = List.copyOf(poll);
            passed = List.copyOf(passed);
        }
    }

    /**
     * A backup that is taken without us, and a command that attests the latest.
     *
     * @param least what it must at least say of itself; {@code ATTESTED} when that it is there is enough
     */
    record External(
            List<String> command,
            List<String> passed,
            Path directory,
            Duration timeout,
            Verification least,
            Duration maxAge)
            implements Elsewhere {

        public External {
            command = List.copyOf(command);
            passed = List.copyOf(passed);
            if (maxAge.isZero()) {
                throw new IllegalArgumentException(
                        "expected `maxAge`, since the backup is taken without this run, found none");
            }
        }
    }

    /**
     * Kubernetes VolumeSnapshots of a server's volumes.
     *
     * @param claims the PersistentVolumeClaims that hold all of the server's files
     * @param storageClass the VolumeSnapshotClass; empty for the default of the driver
     * @param namespace empty for the one that the supervisor runs in
     * @param atomic the storage takes the snapshots of several volumes at one instant
     * @param standby the standby whose volumes these are; empty for the primary
     */
    record Snapshot(
            List<String> claims,
            Optional<String> storageClass,
            Optional<String> namespace,
            boolean atomic,
            Optional<String> standby,
            Duration timeout,
            Duration maxAge)
            implements Elsewhere {

        public Snapshot {
            claims = List.copyOf(claims);
            if (claims.size() > 1 && !atomic) {
                throw new IllegalArgumentException("expected one volume, or `atomic: true` if your storage takes the"
                        + " snapshots of all of them at one instant, found " + claims.size()
                        + "; snapshots of different instants are no backup of a server");
            }
        }
    }

    /** How a backup is proved good before it counts. */
    enum Verification {
        /** Whoever keeps it says that it is whole; nothing of it is read here. */
        ATTESTED,
        /** The whole archive is read and its table of contents held against the catalog. */
        READABLE,
        /** As {@code READABLE}, and each file is read again and held against the SHA-256 that it had when it was written. */
        CHECKSUMMED,
        /** It was restored once. */
        RESTORED;

        /** As plans write it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
