package dev.nightshift.run;

import java.util.List;

/** What a state answers to an event: the next state and what to do then. */
public record Move(RunState next, List<RunEffect> effects) {

    public Move {
        effects = List.copyOf(effects);
    }

    public static Move to(RunState next, RunEffect... effects) {
        return new Move(next, List.of(effects));
    }
}
