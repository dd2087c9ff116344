package dev.nightshift.guards.guard;

import dev.nightshift.guards.reading.ByteSize;
import java.time.Duration;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A replica as people and metrics see it; null is “not known”.
 *
 * @param state one word or a short clause: streaming, gone for 12 s, stalled for 34 s
 * @param note what a person should know beside the state, or empty
 * @param timeLag by our own clock of positions
 * @param timeLagExact false when the lag is at least that much
 * @param replayRate bytes a second, the movement of the replayed position over the last seconds
 * @param capacity bytes a second that it was seen to replay under a backlog, and not too long ago
 * @param timeLimit where the run holds; null where nothing is judged
 */
public record ReplicaView(
        String name,
        ReplicaClass kind,
        String state,
        String note,
        @Nullable Duration timeLag,
        boolean timeLagExact,
        @Nullable ByteSize byteLag,
        OptionalDouble replayRate,
        OptionalDouble capacity,
        @Nullable Duration timeLimit,
        @Nullable ByteSize byteLimit) {}
