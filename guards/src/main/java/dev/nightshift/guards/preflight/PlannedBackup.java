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
 * @param elsewhere what can be told of one that somebody else takes and keeps
 */
public record PlannedBackup(
        boolean taken,
        Duration maxAge,
        Optional<Earlier> latest,
        Optional<Own> own,
        Optional<Another> another,
        Optional<Elsewhere> elsewhere) {

    /** The plan says that there is none. */
    public static PlannedBackup none() {
        return new PlannedBackup(
                false, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** A backup that somebody else takes and keeps. */
    public static PlannedBackup elsewhere(Duration maxAge, Optional<Own> own, Elsewhere elsewhere) {
        return new PlannedBackup(true, maxAge, Optional.empty(), own, Optional.empty(), Optional.of(elsewhere));
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
     * @param next how long the window after that is open
     */
    public record Another(String like, Duration takes, Duration rest, Duration next) {

        /** Whether it has to wait for the window after the present one, and fits into that. */
        public boolean fitsLater() {
            return takes.compareTo(rest) > 0 && takes.compareTo(next) <= 0;
        }
    }

    /**
     * A backup that is not taken by this program.
     *
     * @param what {@code a VolumeSnapshot of data-primary-0}
     * @param faults for which it cannot be had
     * @param doubts what nobody has looked at
     */
    public record Elsewhere(String what, List<String> faults, List<String> doubts) {

        public Elsewhere {
            faults = List.copyOf(faults);
            doubts = List.copyOf(doubts);
        }
    }

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
