package dev.nightshift.guards.preflight;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a run would go back to.
 *
 * @param taken whether the plan has one taken
 * @param maxAge up to which an earlier one serves again; zero when each run takes its own
 * @param latest the latest verified one of this database; empty where none is known
 * @param own the backup of a run that has written already; no other can be taken any more
 * @param another one that would have to be taken if none serves, where both its time and the window's are known
 */
public record PlannedBackup(
        boolean taken, Duration maxAge, Optional<Earlier> latest, Optional<Own> own, Optional<Another> another) {

    /** The plan says that there is none. */
    public static PlannedBackup none() {
        return new PlannedBackup(false, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether no other has to be taken. */
    public boolean serves() {
        return own.isPresent()
                || latest.filter(one -> one.age().compareTo(maxAge) <= 0
                                && one.differs().isEmpty()
                                && !one.written())
                        .isPresent();
    }

    /**
     * A backup that would have to be taken.
     *
     * @param like the backup by which its time is told
     * @param takes by how long that one took, and the size of the tables then and now
     * @param rest of the window in which the run is to begin
     */
    public record Another(String like, Duration takes, Duration rest) {}

    /**
     * The backup of before the first write.
     *
     * @param damage why it is not there any more
     */
    public record Own(List<String> damage) {

        public Own {
            damage = List.copyOf(damage);
        }
    }

    /**
     * A backup of an earlier run.
     *
     * @param name {@code 7f3kmq-1 in /backups/…}
     * @param age at the first write of the run that is to come
     * @param differs why its tables are not those of today, or its files not those that were verified
     * @param written whether a run has written since it was begun
     */
    public record Earlier(String name, Duration age, List<String> differs, boolean written) {

        public Earlier {
            differs = List.copyOf(differs);
        }
    }
}
