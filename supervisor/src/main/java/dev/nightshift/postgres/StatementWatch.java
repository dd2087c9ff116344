package dev.nightshift.postgres;

import dev.nightshift.worker.Activity;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Tells while a statement runs how far it is, whom it waits for, and whether it has to give way. */
final class StatementWatch implements IntPredicate {

    private static final String PROGRESS = """
            SELECT p.phase, p.blocks_done, p.blocks_total, p.lockers_done, p.lockers_total
            FROM pg_stat_progress_create_index p WHERE p.pid = $1""";

    private final ControlLine beside;
    private final Activity activity;
    private final String name;
    private final long startedNanos = System.nanoTime();
    private final boolean givesWay;
    private String blocker = "";
    private String waiting = "";

    /**
     * @param givesWay whether the statement is cancelled when others wait for it; one that may take hours and keeps
     *     nobody from reading and writing is not
     */
    StatementWatch(ControlLine beside, Activity activity, String name, boolean givesWay) {
        this.beside = beside;
        this.activity = activity;
        this.name = name;
        this.givesWay = givesWay;
    }

    /** Whom the statement had to give way to; empty when it had not. */
    String waiting() {
        return waiting;
    }

    /** Who was in the way when it was looked last; empty when nobody was seen. */
    String blocker() {
        return blocker;
    }

    @Override
    public boolean test(int pid) {
        blocker = Blockers.of(beside, pid);
        Duration since = Duration.ofNanos(System.nanoTime() - startedNanos);
        String waits = blocker.isEmpty() ? "" : ", waits for " + blocker;
        activity.now("runs " + name + " for " + since.toSeconds() + " s" + progress(pid) + waits);
        waiting = givesWay ? Blockers.behind(beside, pid) : "";
        return waiting.isEmpty();
    }

    private String progress(int pid) {
        try {
            for (Row row : beside.ask("looking at a build", PROGRESS, Tuple.of(pid))) {
                long total = row.getLong("blocks_total");
                long lockers = row.getLong("lockers_total");
                String share = total == 0
                        ? ""
                        : String.format(Locale.ROOT, " %.1f %%", 100.0 * row.getLong("blocks_done") / total);
                String others = lockers == 0 ? "" : ", " + row.getLong("lockers_done") + " of " + lockers + " gone";
                return ": " + row.getString("phase") + share + others;
            }
        } catch (RuntimeException e) {
            // The statement itself goes on; the next look may see more.
        }
        return "";
    }
}
