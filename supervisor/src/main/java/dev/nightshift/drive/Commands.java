package dev.nightshift.drive;

import dev.nightshift.run.Cause;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Intent;
import dev.nightshift.run.RunEvent;
import dev.nightshift.run.RunState;
import java.util.Optional;

/** What people's commands mean for a run, and what they are told came of them. */
final class Commands {

    private Commands() {}

    /** The event that a command stands for; empty for an approval, which goes to a step. */
    static Optional<RunEvent> event(Intent intent) {
        return switch (intent.kind()) {
            case PAUSE -> Optional.of(new RunEvent.Held(new Holder(holder(intent), intent.by(), intent.reason())));
            case RESUME -> Optional.of(new RunEvent.Released(holder(intent), intent.by()));
            case ABORT ->
                Optional.of(new RunEvent.AbortAsked(
                        new Cause(cause(intent), intent.by(), intent.reason()), intent.immediate()));
            case RETRY -> Optional.of(new RunEvent.RetryAsked(intent.by()));
            case APPROVE -> Optional.empty();
        };
    }

    /** What came of a command that found the run in one state and left it in another. */
    static String outcome(Intent intent, RunState before, RunState after) {
        boolean changed = !before.equals(after);
        return switch (intent.kind()) {
            case PAUSE -> changed ? "paused" : already(before, holder(intent), "already paused");
            case RESUME ->
                after.holders().isEmpty()
                        ? (changed ? "goes on" : "was not paused: " + after.word())
                        : "no longer paused, but still held by " + after.holders();
            case ABORT, RETRY -> changed ? after.word() : "nothing to do: the run is " + after.word();
            case APPROVE -> "approved";
        };
    }

    private static Holder.Kind holder(Intent intent) {
        return intent.alert() ? Holder.Kind.ALERT : Holder.Kind.OPERATOR;
    }

    private static Cause.Kind cause(Intent intent) {
        return intent.alert() ? Cause.Kind.ALERT : Cause.Kind.OPERATOR;
    }

    private static String already(RunState state, Holder.Kind kind, String word) {
        return state.holders().of(kind).isPresent() ? word : "nothing to do: the run is " + state.word();
    }
}
