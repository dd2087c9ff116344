package dev.nightshift.plan;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Which backup is taken and verified before the run's first write. */
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

    /** How a backup is proved good before it counts. */
    enum Verification {
        /** The whole archive is read and its table of contents held against the catalog. */
        READABLE,
        /** As {@code READABLE}, and each file is read again and held against the SHA-256 that it had when it was written. */
        CHECKSUMMED
    }
}
