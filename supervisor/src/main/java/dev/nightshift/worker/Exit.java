package dev.nightshift.worker;

import java.util.Arrays;
import java.util.Optional;

/** How a worker ends; every other exit code of its process counts as a crash. */
public enum Exit {
    /** Every step of the run is done. */
    DONE(0),
    /** Will not work when tried again; the journal says why. */
    GIVEN_UP(2),
    /** Another attempt may work. */
    TRY_AGAIN(75),
    /** Asked to leave, and left at a point where nothing is open. */
    PARKED(143);

    private final int code;

    Exit(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Empty for a crash. */
    public static Optional<Exit> of(int code) {
        return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
    }
}
