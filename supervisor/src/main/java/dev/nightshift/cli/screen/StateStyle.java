package dev.nightshift.cli.screen;

import dev.nightshift.run.RunState;

/** The colour of a state and of an event's kind. */
final class StateStyle {

    private StateStyle() {}

    static Style of(RunState state) {
        return switch (state.word()) {
            case "working", "finishing", "succeeded" -> Style.GOOD;
            case "holding", "parked", "waiting" -> Style.CAREFUL;
            case "aborting", "aborted", "abort-incomplete", "failed", "unclear" -> Style.BAD;
            default -> Style.PLAIN;
        };
    }

    static Style ofEvent(String kind) {
        return switch (kind) {
            case "slowed", "held", "parked" -> Style.CAREFUL;
            case "failed", "aborting", "incident", "lost" -> Style.BAD;
            default -> Style.PLAIN;
        };
    }

    static Style ofVerdict(String verdict) {
        return switch (verdict) {
            case "clear" -> Style.GOOD;
            case "slow" -> Style.CAREFUL;
            default -> Style.BAD;
        };
    }
}
