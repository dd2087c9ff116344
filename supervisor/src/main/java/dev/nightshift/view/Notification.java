package dev.nightshift.view;

import dev.nightshift.plan.Happening;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody is told of a run.
 *
 * @param id the same whenever this is told again, and of nothing else
 * @param test whether nothing has happened
 * @param at when it happened; of several, the last
 * @param database what the settings call it
 * @param state the run's, after it
 * @param subject whom or what it is about, may be empty
 * @param reason in the words of the run's history
 * @param by on whose account, where that is known
 * @param from where a command came from
 * @param todo what a person should do, where that is known
 * @param count how many times it happened
 * @param since when the first of them was
 */
public record Notification(
        String id,
        boolean test,
        Happening happening,
        Instant at,
        String database,
        String run,
        String plan,
        String state,
        String subject,
        String reason,
        Optional<String> by,
        Optional<String> from,
        Optional<String> todo,
        int count,
        Instant since) {

    /** One that says of itself that nothing has happened. */
    public static Notification test(String id, Instant at, String by) {
        return new Notification(
                id,
                true,
                Happening.HELD,
                at,
                "test",
                "000000",
                "test-of-a-receiver",
                "holding",
                "guard",
                "replica lag standby-a 6.2 s > 5 s (this is a test: nothing has happened)",
                Optional.of(by),
                Optional.empty(),
                Optional.empty(),
                1,
                at);
    }

    /** The page of the runbooks that helps, where there is one. */
    public Optional<String> runbook() {
        return switch (happening) {
            case FAILED -> Optional.of("exit-12-failed");
            case BACKUP_FAILED -> Optional.of("NightshiftBackupFailed");
            case UNCLEAR -> Optional.of("NightshiftUnclear");
            case ABORTING, ABORTED -> Optional.of("NightshiftAborted");
            case ABORT_INCOMPLETE -> Optional.of("NightshiftAbortIncomplete");
            case HELD -> Optional.of("exit-10-paused");
            case LONG_HOLD -> Optional.of("NightshiftHeldTooLong");
            case APPROVAL -> Optional.of("NightshiftApprovalWaiting");
            case PARKED -> Optional.of("exit-8-window-closed");
            case WINDOW_ENDING -> Optional.of("NightshiftWindowEndingSoon");
            case SLOWED -> Optional.of("NightshiftThrottledTooLong");
            default -> Optional.empty();
        };
    }
}
