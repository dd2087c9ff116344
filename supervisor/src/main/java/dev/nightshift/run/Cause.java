package dev.nightshift.run;

import java.util.Optional;

/** Why a run is aborted: on whose account, and the reason as it will be read. */
public record Cause(Kind kind, String by, String reason) {

    /** Why a run in this state is being or was aborted. */
    public static Optional<Cause> of(RunState state) {
        if (state instanceof Aborting aborting) {
            return Optional.of(aborting.cause());
        }
        if (state instanceof Aborted aborted) {
            return Optional.of(aborted.cause());
        }
        return state instanceof AbortIncomplete incomplete ? Optional.of(incomplete.cause()) : Optional.empty();
    }

    /** Who started the abort; it decides the exit code. */
    public enum Kind {
        GUARD,
        VERIFY,
        OPERATOR,
        ALERT
    }
}
