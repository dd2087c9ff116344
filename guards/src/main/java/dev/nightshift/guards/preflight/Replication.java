package dev.nightshift.guards.preflight;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What follows the primary.
 *
 * @param standing standbys that have WAL which they do not replay, and have not moved for seconds
 * @param withoutFeedback standbys that do not tell which rows their queries still see
 * @param synchronousNames the setting
 * @param slots none of them temporary
 */
public record Replication(
        Fact<List<Standby>> standbys,
        List<String> standing,
        List<String> withoutFeedback,
        String synchronousNames,
        List<Slot> slots,
        Archiver archiver) {

    public Replication {
        standing = List.copyOf(standing);
        withoutFeedback = List.copyOf(withoutFeedback);
        slots = List.copyOf(slots);
    }

    /**
     * A walsender.
     *
     * @param slot the slot it reads, null without one
     * @param notFlushed bytes not safe on it yet, null before its first reply
     * @param notReplayed bytes not visible on it yet, null before its first reply and for one that never replays
     * @param replayLag as the server tells it: NULL when idle, and old while nothing is replayed
     * @param replyAge since its last reply
     */
    public record Standby(
            String name,
            @Nullable String slot,
            String state,
            String syncState,
            @Nullable Long notFlushed,
            @Nullable Long notReplayed,
            @Nullable Duration replayLag,
            @Nullable Duration replyAge) {

        boolean neverReplays() {
            return notReplayed == null && notFlushed != null;
        }

        boolean isCalled(String declared) {
            return declared.equals(name) || declared.equals(slot);
        }
    }

    /**
     * A replication slot.
     *
     * @param walStatus null where it has never reserved WAL
     * @param safeBytes WAL that may be written before it is lost, null where no limit is set or it is lost
     * @param retained WAL that is kept for it, null where none is
     */
    public record Slot(
            String name,
            boolean logical,
            boolean active,
            @Nullable String walStatus,
            @Nullable Long safeBytes,
            @Nullable Long retained) {}

    /**
     * The archiver.
     *
     * @param failing whether the last try failed
     * @param note which segment, when
     * @param pending segments that wait
     */
    public record Archiver(boolean on, boolean failing, String note, long pending) {}
}
