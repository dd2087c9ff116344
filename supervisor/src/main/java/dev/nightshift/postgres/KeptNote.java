package dev.nightshift.postgres;

import dev.nightshift.plan.BackfillStep;
import dev.nightshift.plan.RestoreStep;
import dev.nightshift.plan.WalkStep;
import dev.nightshift.run.Claim;
import io.vertx.sqlclient.Row;
import java.util.Locale;

/** What people are told at the end of a walk about the values that were kept. */
final class KeptNote {

    private KeptNote() {}

    /** Empty when the walk has nothing to do with any. */
    static String of(WalkStep step, LongReading reading, Claim claim, int ordinal) {
        if (step instanceof BackfillStep backfill) {
            return backfill.kept()
                    .map(kept -> "old values are kept in " + kept.name() + " until somebody drops it")
                    .orElse("");
        }
        return step instanceof RestoreStep restore ? restored(restore, reading, claim, ordinal) : "";
    }

    private static String restored(RestoreStep step, LongReading reading, Claim claim, int ordinal) {
        Row row = reading.ask(counts(step, claim, ordinal)).iterator().next();
        long kept = row.getLong("kept");
        long back = row.getLong("back");
        String all = String.format(Locale.ROOT, "%,d of %,d rows put back", back, kept);
        return kept == back
                ? all
                : all
                        + String.format(
                                Locale.ROOT,
                                "; %,d were changed again, deleted or given another key since, and stay as they are: %s has"
                                        + " their old values",
                                kept - back,
                                step.walked());
    }

    private static String counts(RestoreStep step, Claim claim, int ordinal) {
        return "SELECT count(*) AS kept, (SELECT coalesce(sum(p.rows), 0)::bigint FROM nightshift.progress p"
                + " WHERE p.run_id = '" + claim.run() + "' AND p.step = " + ordinal + ") AS back FROM "
                + step.walked().quoted();
    }
}
