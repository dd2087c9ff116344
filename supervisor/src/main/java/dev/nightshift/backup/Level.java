package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import java.util.Locale;

/** How thoroughly an archive is proved good; each level includes the one before. */
public enum Level {
    /** Every byte is read and decompressed, and every wanted table has its rows in the archive. */
    READABLE,
    /** Each file has the SHA-256 that it had when the dump was taken. */
    CHECKSUMMED;

    static Level of(BackupSpec.Verification verification) {
        return valueOf(verification.name());
    }

    /** As the journal and people write it: {@code readable}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
