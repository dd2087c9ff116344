package dev.nightshift.plan;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What of a run somebody may be told: that it came to a state, and what befell it on the way. */
public enum Happening {
    PLANNED,
    WAITING,
    PREFLIGHT,
    BACKUP,
    WORKING,
    PARKED,
    FINISHING,
    SUCCEEDED,
    ABORTING,
    ABORTED,
    ABORT_INCOMPLETE,
    FAILED,
    /** It failed, and what failed is its backup. */
    BACKUP_FAILED,
    UNCLEAR,
    /** Somebody or something holds it. */
    HELD,
    /** A step asks for approval. */
    APPROVAL,
    RELEASED,
    LONG_HOLD,
    /** A person, a program or an alert asked for something. */
    COMMAND,
    WINDOW_ENDING,
    PROMOTED,
    TAKEN_OVER,
    WORKER_LOST,
    SLOWED,
    FULL_PACE,
    /** An application that the plan stops: it is stopped, back, or not back. */
    DOWNTIME;

    /** What is told where the settings do not say; the way to the work, and every change of pace, are not among it. */
    public static final Set<Happening> USUAL = Set.copyOf(EnumSet.of(
            WORKING,
            PARKED,
            SUCCEEDED,
            ABORTING,
            ABORTED,
            ABORT_INCOMPLETE,
            FAILED,
            BACKUP_FAILED,
            UNCLEAR,
            HELD,
            APPROVAL,
            RELEASED,
            LONG_HOLD,
            COMMAND,
            WINDOW_ENDING,
            PROMOTED,
            DOWNTIME));

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Happening> called(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** A run that goes on and off in turn is told of once in a while, not each time. */
    public boolean flaps() {
        return this == HELD || this == RELEASED;
    }
}
