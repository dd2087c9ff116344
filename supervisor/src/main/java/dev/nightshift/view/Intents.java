package dev.nightshift.view;

import dev.nightshift.run.Intent;
import dev.nightshift.run.RunId;
import java.util.Optional;

/** Writes people's commands into the journal; needs no supervisor. */
public interface Intents {

    /**
     * Writes a command down, durably. A pause and an abort also end the permit, so that no further batch begins;
     * an immediate abort ends the worker's sessions too.
     *
     * @return the command's number
     * @throws NotAllowed where another process judges what the run's state allows, and it does not allow this
     */
    long ask(Asked command);

    /**
     * As {@link #ask}, but a command whose key was written before is not written again.
     *
     * @return the number of the one that was written with this key, now or before
     */
    long askOnce(Asked command, String key);

    /** As {@link #askOnce}, on an alert's account: {@code by} names the alert, a pause is its own hold, a resume ends that. */
    long alert(Asked command, String key);

    /** Remembers that somebody asked for what was not to be, and why; nobody carries it out. */
    void refused(Asked command, String why);

    /** What came of a command; empty while no supervisor has observed it. */
    Optional<String> outcome(long number);

    /**
     * Sees to it that nothing of the run's worker can commit any more: the permit is revoked, the epoch raised and older
     * sessions ended.
     *
     * @param immediate do not wait for the batch in flight
     */
    void stopWork(RunId run, boolean immediate);

    /**
     * A command as a person gives it.
     *
     * @param by the person, as {@code user@host}
     * @param from the host or address from which it was given
     */
    record Asked(RunId run, Intent.Kind kind, boolean immediate, String reason, String by, String from) {}
}
