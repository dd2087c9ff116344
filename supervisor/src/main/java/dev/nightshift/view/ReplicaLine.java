package dev.nightshift.view;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A replica against its limits; empty is “not known”.
 *
 * @param kind {@code required}, {@code best-effort}, {@code delayed} …
 * @param state a word or a short clause: streaming, gone for 12 s
 * @param note what a person should know beside the state, or empty
 * @param timeLag seconds
 * @param timeLagExact false when the lag is at least that much
 * @param timeLimit seconds, where the run holds
 * @param byteLimit where the run holds
 * @param replayRate bytes a second
 */
public record ReplicaLine(
        String name,
        String kind,
        String state,
        String note,
        OptionalDouble timeLag,
        boolean timeLagExact,
        OptionalDouble timeLimit,
        OptionalLong byteLag,
        OptionalLong byteLimit,
        OptionalDouble replayRate) {

    public boolean streaming() {
        return state.equals("streaming");
    }
}
