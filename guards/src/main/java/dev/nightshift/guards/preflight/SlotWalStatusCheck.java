package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.reading.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A slot that is lost costs a rebuild of its standby; a migration alone can bring one there in seconds. */
final class SlotWalStatusCheck {

    private static final Set<String> GONE = Set.of("unreserved", "lost");

    /** A forecast is right within a factor of two. */
    private static final double MARGIN = 2;

    private SlotWalStatusCheck() {}

    static List<Answer> judge(Situation situation) {
        double wal = situation.work().wal();
        List<Answer> faults = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Slot slot : situation.replication().slots()) {
            String status = slot.walStatus();
            if (status != null && GONE.contains(status)) {
                faults.add(Answer.fail(
                        "slot " + slot.name() + " is " + status,
                        "let what reads it catch up or rebuild it; drop the slot if nothing reads it any more"));
            } else if (slot.safeBytes() != null && slot.safeBytes() < MARGIN * wal) {
                faults.add(tight(slot, slot.safeBytes(), wal));
            } else {
                seen.add(slot.name() + " " + (status == null ? "unused" : status)
                        + (slot.safeBytes() == null ? "" : ", room for " + size(slot.safeBytes())));
            }
        }
        return Answer.orPass(faults, seen.isEmpty() ? "no slot" : String.join("; ", seen));
    }

    /** A slot that is read moves on, and the run holds before it is lost; one that is not read takes all of it. */
    private static Answer tight(Slot slot, long safe, double wal) {
        String seen = "slot " + slot.name() + " has room for " + size(safe) + " of WAL < " + MARGIN
                + " × the forecast of " + size(Math.round(wal));
        String remedy = "raise max_slot_wal_keep_size, or run in several nights";
        return slot.active() ? Answer.warn(seen, remedy) : Answer.fail(seen, remedy);
    }

    private static ByteSize size(long bytes) {
        return new ByteSize(Math.max(0, bytes));
    }
}
