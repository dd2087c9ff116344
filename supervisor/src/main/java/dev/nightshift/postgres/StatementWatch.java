package dev.nightshift.postgres;

import dev.nightshift.worker.Activity;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Tells while a statement runs how far it is and whom it waits for. */
final class StatementWatch implements Consumer<Integer> {

    private static final String PROGRESS = """
            SELECT p.phase, p.blocks_done, p.blocks_total, p.lockers_done, p.lockers_total
            FROM pg_stat_progress_create_index p WHERE p.pid = $1""";

    private final ControlLine beside;
    private final Activity activity;
    private final String name;
    private final long startedNanos = System.nanoTime();
    private String blocker = "";

    StatementWatch(ControlLine beside, Activity activity, String name) {
        this.beside = beside;
        this.activity = activity;
        this.name = name;
    }

    /** Who was in the way when it was looked last; empty when nobody was seen. */
    String blocker() {
        return blocker;
    }

    @Override
    public void accept(Integer pid) {
        blocker = Blockers.of(beside, pid);
        Duration since = Duration.ofNanos(System.nanoTime() - startedNanos);
        String waits = blocker.isEmpty() ? "" : ", waits for " + blocker;
        activity.now("runs " + name + " for " + since.toSeconds() + " s" + progress(pid) + waits);
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
