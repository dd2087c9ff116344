package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.Plan;
import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Somebody else who takes and keeps backups: asked to begin one under a name of ours, and looked at by that name until
 * it is done, so that whoever looks after a crash finds what was begun before. Blocking.
 */
public interface Provider {

    /**
     * Begins a backup, unless there is one of that name already.
     *
     * @throws dev.nightshift.run.Transient when another try may go better, and it is not known whether it was begun
     * @throws dev.nightshift.run.Permanent when none can be had
     */
    Begun begin(Wanted wanted);

    /**
     * Looks at a backup by its name, and by its handle where that is known.
     *
     * @throws dev.nightshift.run.Permanent when what it answers cannot be understood
     */
    Look look(Wanted wanted, Optional<String> handle);

    /**
     * What can be told before anything is begun; changes nothing.
     *
     * @param doubt why a backup of the data of that instant would not serve
     */
    Outlook outlook(Plan plan, Function<Instant, Optional<String>> doubt);

    /**
     * A backup of one run.
     *
     * @param id of its row in the journal: {@code 7f3kmq-1}
     */
    record Wanted(String id, RunId run, Plan plan) {

        /** The same after every crash, and no other backup's. */
        public String name() {
            return "nightshift-" + id;
        }
    }

    /**
     * What was begun.
     *
     * @param handle what the provider calls it
     * @param location where people find it
     */
    record Begun(String handle, String location) {}

    /** How far a backup is. */
    enum State {
        /** There is none of that name. */
        NONE,
        RUNNING,
        DONE,
        FAILED,
        /** Nobody answered; another look may tell more. */
        NO_ANSWER
    }

    /**
     * What a look found.
     *
     * @param message for people; empty when there is nothing to say
     * @param found of one that is done
     */
    record Look(State state, String message, Optional<Found> found) {

        public static Look of(State state, String message) {
            return new Look(state, message, Optional.empty());
        }

        public static Look done(Found found) {
            return new Look(State.DONE, "", Optional.of(found));
        }
    }

    /**
     * A backup that is done.
     *
     * @param location empty where it is that which was told when it was begun
     * @param at the instant of the data that it holds
     * @param level how it was proved good, by what its keeper says
     * @param unchecked what could not be looked at from here, in sentences
     */
    record Found(
            String handle, String location, Instant at, Optional<ByteSize> size, String level, List<String> unchecked) {

        public Found {
            unchecked = List.copyOf(unchecked);
        }

        Found in(String place) {
            return new Found(handle, place, at, size, level, unchecked);
        }
    }

    /**
     * What would speak against the backup.
     *
     * @param what it is: {@code a VolumeSnapshot of data-primary-0}
     * @param faults for which it cannot be had
     * @param doubts that a person should know
     */
    record Outlook(String what, List<String> faults, List<String> doubts) {

        public Outlook {
            faults = List.copyOf(faults);
            doubts = List.copyOf(doubts);
        }
    }
}
