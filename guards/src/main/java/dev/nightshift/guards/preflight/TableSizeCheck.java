package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.reading.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** Estimates and plans rest on the statistics; a small table does without. */
final class TableSizeCheck {

    /** Twice the default of autovacuum_analyze_scale_factor: autovacuum should have come by then. */
    private static final double STALE = 0.2;

    private static final double SMALL = 10_000;

    private TableSizeCheck() {}

    static List<Answer> judge(Situation situation) {
        List<Answer> faults = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (Table table : situation.tables()) {
            double most = Math.max(SMALL, STALE * table.rows());
            String size = table.name() + " " + new ByteSize(table.bytes());
            if (table.changed() > most) {
                faults.add(Answer.warn(
                        size + ": " + Unit.COUNT.text((double) table.changed())
                                + " rows changed since it was analysed > " + Unit.COUNT.text(most),
                        "ANALYZE " + table.name()));
            }
            seen.add(size + (table.counted() ? ", about " + Unit.COUNT.text(table.rows()) + " rows" : ""));
        }
        return Answer.orPass(
                faults, seen.isEmpty() ? "no touched table is there or known yet" : String.join("; ", seen));
    }
}
