package dev.nightshift.view;

import dev.nightshift.run.Freeze;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The freeze switch of a database: while a freeze is on, no run works there; needs no supervisor and no run. */
public interface Freezes {

    /** Those that are on, the oldest first. */
    List<Freeze> on();

    /**
     * Ends every permit and lets none be granted until somebody thaws, or until its end. Another one may be on already;
     * each holds for itself.
     *
     * @return its number; that of the same one by the same person, if it is on already
     */
    long freeze(Asked wish, Optional<Instant> until);

    /**
     * Ends every freeze that is on.
     *
     * @return how many there were
     */
    long thaw(Asked wish);

    /**
     * Who wants it and why.
     *
     * @param by the person, as {@code user@host}
     * @param from the host or address from which it was asked
     */
    record Asked(String reason, String by, String from) {}
}
