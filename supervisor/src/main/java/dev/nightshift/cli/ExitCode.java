package dev.nightshift.cli;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holding;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Parked;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import dev.nightshift.run.Unclear;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** With which code a command ends, and what that means; scripts and Jobs may rely on it. */
public enum ExitCode {
    OK(0, "done; for a run: it succeeded"),
    INTERNAL(1, "a defect of Nightshift itself"),
    USAGE(2, "the command or the plan is not written correctly"),
    REFUSED(3, "preflight or a policy refused, nothing was changed"),
    BACKUP_FAILED(4, "the backup failed or could not be verified"),
    ABORTED_BY_GUARD(5, "aborted by a guard or a failed verification, the abort plan is complete"),
    ABORTED_BY_OPERATOR(6, "aborted by a person or an alert, the abort plan is complete"),
    ABORT_INCOMPLETE(7, "the abort plan is not complete, a person is needed"),
    WINDOW_CLOSED(8, "parked: the window is closed, it can go on later"),
    LOCKED(9, "another run or another supervisor has the database"),
    PAUSED(10, "on hold (status --exit-code)"),
    WRONG_STATE(11, "the run's state does not allow this command"),
    FAILED(12, "failed, the database is as it was left, retry goes on"),
    UNCLEAR(13, "an outcome is not known, a person must decide"),
    TRANSIENT(75, "could not be done now, the same command may work later"),
    TIMEOUT(124, "--timeout was reached before what was asked for had happened"),
    INTERRUPTED(130, "ended by Ctrl-C"),
    TERMINATED(143, "ended by SIGTERM");

    private static final Set<ExitCode> ENDS_OF_A_RUN = EnumSet.of(
            OK, REFUSED, BACKUP_FAILED, ABORTED_BY_GUARD, ABORTED_BY_OPERATOR, ABORT_INCOMPLETE, FAILED, UNCLEAR);

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    public int code() {
        return code;
    }

    public String meaning() {
        return meaning;
    }

    static Optional<ExitCode> of(int code) {
        return Arrays.stream(values()).filter(exit -> exit.code == code).findFirst();
    }

    /** How a command may end that tells how a run ended, and these besides. */
    static Set<ExitCode> endsOfARunAnd(ExitCode... besides) {
        Set<ExitCode> all = EnumSet.copyOf(ENDS_OF_A_RUN);
        all.addAll(Arrays.asList(besides));
        return all;
    }

    /** How a command ends that saw a run come to this state and watches it no longer. */
    public static ExitCode of(RunState state) {
        if (state instanceof Failed failed) {
            return of(failed.failure().kind());
        }
        if (state instanceof Aborted aborted) {
            return of(aborted.cause().kind());
        }
        if (state instanceof AbortIncomplete) {
            return ABORT_INCOMPLETE;
        }
        if (state instanceof Unclear) {
            return UNCLEAR;
        }
        if (state instanceof Parked parked) {
            return parked.holders().of(Holder.Kind.OPERATOR).isPresent() ? PAUSED : WINDOW_CLOSED;
        }
        return state instanceof Holding ? PAUSED : OK;
    }

    /** How a command ends that met trouble. */
    public static ExitCode of(Trouble trouble) {
        if (trouble instanceof Transient) {
            return TRANSIENT;
        }
        return trouble instanceof OutcomeUnknown ? UNCLEAR : REFUSED;
    }

    private static ExitCode of(Failure.Kind kind) {
        return switch (kind) {
            case PREFLIGHT -> REFUSED;
            case BACKUP -> BACKUP_FAILED;
            case VERIFY -> ABORTED_BY_GUARD;
            case STEP, CRASHES -> FAILED;
        };
    }

    private static ExitCode of(Cause.Kind kind) {
        return switch (kind) {
            case GUARD, VERIFY -> ABORTED_BY_GUARD;
            case OPERATOR, ALERT -> ABORTED_BY_OPERATOR;
        };
    }
}
