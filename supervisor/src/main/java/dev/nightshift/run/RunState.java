package dev.nightshift.run;

import java.util.List;
import java.util.Locale;

/** Where a run is in its life; each state answers every event with a {@link Move}. */
public sealed interface RunState
        permits Planned,
                Waiting,
                Preflight,
                Backup,
                Working,
                Holding,
                Parked,
                Finishing,
                Succeeded,
                Aborting,
                Aborted,
                AbortIncomplete,
                Failed,
                Unclear {

    /** The next state and the effects that lead there; the same state without effects where the event changes nothing. */
    Move on(RunEvent event);

    /** Who keeps the run on hold; empty for states that nobody can hold. */
    default Holders holders() {
        return Holders.NONE;
    }

    /** True when no supervisor is needed any more, unless a person asks for one. */
    default boolean isEnd() {
        return false;
    }

    /** The word used in the journal, in metrics and on screens: {@code abort-incomplete}. */
    default String word() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Stays in this state and does nothing. */
    default Move stay() {
        return new Move(this, List.of());
    }

    /** From here to the abort plan: first nothing may commit any more, then the abort steps. */
    static Move abort(RunEvent event) {
        RunEvent.AbortAsked asked = (RunEvent.AbortAsked) event;
        return Move.to(
                new Aborting(asked.cause()),
                asked.immediate() ? RunEffect.REVOKE_PERMIT_NOW : RunEffect.REVOKE_PERMIT,
                RunEffect.STOP_WORKER,
                RunEffect.RUN_ABORT_PLAN);
    }

    /** From here to failed: nothing may commit any more, and the database stays as it is. */
    static Move fail(Failure failure) {
        return Move.to(new Failed(failure), RunEffect.REVOKE_PERMIT, RunEffect.STOP_WORKER);
    }

    /** From here to a person's decision: nothing may commit any more. */
    static Move ask(RunEvent event) {
        return Move.to(
                new Unclear(((RunEvent.OutcomeNotKnown) event).question()),
                RunEffect.REVOKE_PERMIT,
                RunEffect.STOP_WORKER);
    }

    /** A verification that found the data wrong starts the abort plan. */
    static Move verifyFailed(RunEvent event) {
        RunEvent.VerifyFailed failed = (RunEvent.VerifyFailed) event;
        return abort(new RunEvent.AbortAsked(
                new Cause(Cause.Kind.VERIFY, "verify " + failed.step(), failed.reason()), false));
    }

    /** After a promotion everything is looked at anew on the new primary; what guards said was of the old one. */
    static Move promoted(Holders holders) {
        return Move.to(
                new Parked(holders.without(Holder.Kind.GUARD)), RunEffect.WITHDRAW_PERMIT, RunEffect.STOP_WORKER);
    }

    /**
     * A person who lets a run go on has the last word over alerts too: one whose end nobody told would hold for ever. What
     * guards and windows say stays.
     */
    private static Holders release(Holders holders, RunEvent.Released released) {
        return switch (released.holder()) {
            case ALERT -> holders.withoutAlert(released.by());
            case OPERATOR -> holders.without(Holder.Kind.OPERATOR).without(Holder.Kind.ALERT);
            default -> holders.without(released.holder());
        };
    }

    /** The holders after {@code HELD} or {@code RELEASED}. */
    static Holders change(Holders holders, RunEvent event) {
        return event instanceof RunEvent.Held held
                ? holders.with(held.holder())
                : release(holders, (RunEvent.Released) event);
    }
}
