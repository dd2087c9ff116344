package dev.nightshift.guards.preflight;

import dev.nightshift.guards.preflight.Replication.Slot;
import dev.nightshift.guards.reading.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** WAL is kept for a slot that nobody reads until the disk is full or the slot is lost. */
final class SlotInactiveCheck {

    private static final ByteSize FAIL = ByteSize.ofMebibytes(1024);

    private SlotInactiveCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = new ArrayList<>();
        for (Slot slot : situation.replication().slots()) {
            if (!slot.active()) {
                faults.add(inactive(slot));
            }
        }
        int slots = situation.replication().slots().size();
        return Answer.orPass(faults, slots == 1 ? "one slot, in use" : slots + " slots, all of them in use");
    }

    private static Answer inactive(Slot slot) {
        ByteSize kept = new ByteSize(Math.max(0, slot.retained() == null ? 0 : slot.retained()));
        String seen = "slot " + slot.name() + " is inactive and keeps " + kept + " of WAL";
        String remedy = "start what reads it; if nothing will, SELECT pg_drop_replication_slot('" + slot.name() + "')";
        return kept.compareTo(FAIL) > 0 ? Answer.fail(seen + " > " + FAIL, remedy) : Answer.warn(seen, remedy);
    }
}
