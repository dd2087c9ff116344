package dev.nightshift;

import dev.nightshift.drive.Lease;
import dev.nightshift.drive.Past;
import dev.nightshift.drive.Post;
import dev.nightshift.drive.Superseded;
import dev.nightshift.postgres.PgPast;
import dev.nightshift.postgres.PgQueue;
import dev.nightshift.postgres.PgUnattended;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One database of a standing supervisor: its two connections, and the run in it that is supervised here. */
final class ServedDatabase implements Post {

    /** How old what is shown of a run may be that is not supervised here. */
    private static final long SHOWN_ANEW = Duration.ofSeconds(10).toNanos();

    private final Site site;
    private final String holder;
    private final PgQueue queue;
    private final PgUnattended unattended;
    private final Function<RunRecord, Surveillance> around;
    private final Consumer<Past> idle;
    private @Nullable RunSupervision supervision;
    private Future<?> under = Future.succeededFuture();
    private boolean leaving;
    private long shownAt;

    /**
     * @param holder what the lease says of who holds it
     * @param around what a run has around it once it is taken over
     * @param idle told of the newest run every few seconds while none is supervised here
     */
    ServedDatabase(Site site, String holder, Function<RunRecord, Surveillance> around, Consumer<Past> idle) {
        this.site = site;
        this.holder = holder;
        this.queue = new PgQueue(site.control);
        this.unattended = new PgUnattended(
                site.control,
                site.sensing,
                System::nanoTime,
                () -> queue.settleAndLook().map(admission -> admission.next().map(RunRecord::id)));
        this.around = around;
        this.idle = idle;
        showAtOnce();
    }

    @Override
    public boolean isConnected() {
        return site.control.isOpen();
    }

    /** How many runs wait in its queue; fails while it is not connected. */
    Future<Integer> waiting() {
        return isConnected() ? queue.waiting() : Future.failedFuture("not connected");
    }

    @Override
    public Future<Optional<RunId>> look() {
        return unattended
                .look()
                .compose(found -> found.isPresent() ? Future.succeededFuture(found) : show().map(found));
    }

    private Future<Void> show() {
        if (System.nanoTime() - shownAt < SHOWN_ANEW) {
            return Future.succeededFuture();
        }
        shownAt = System.nanoTime();
        return new PgPast(site.control)
                .newest()
                .onSuccess(past -> past.ifPresent(idle))
                .mapEmpty();
    }

    private void showAtOnce() {
        shownAt = System.nanoTime() - SHOWN_ANEW;
    }

    @Override
    public Future<RunRecord> supervise(RunId run) {
        Future<RunRecord> supervised = takeUp(run);
        under = supervised;
        return supervised;
    }

    private Future<RunRecord> takeUp(RunId run) {
        Tenure tenure = Tenure.over(site.control, holder);
        return site.vertx
                .executeBlocking(() -> {
                    site.installJournal(false);
                    return run;
                })
                .compose(v -> tenure.lease().acquire())
                .compose(lease -> lease.mine()
                        ? tenure.journal().load(run).compose(record -> admit(tenure, lease, record))
                        : Future.failedFuture(new Superseded(lease.holder() + " holds the lease of this database")));
    }

    /**
     * One that was in the queue a moment ago may be paused or over now; where it was submitted was looked at there. One that
     * has ended is supervised once more as long as it owes an application.
     */
    private Future<RunRecord> admit(Tenure tenure, Lease.Answer lease, RunRecord run) {
        if (run.state().isEnd() && !leaving) {
            return tenure.journal()
                    .report(run.id())
                    .compose(report -> report.owed(run.state()).isEmpty()
                            ? letGo(tenure, run)
                            : supervise(tenure, Optional.empty(), run));
        }
        boolean queued = run.state() instanceof Planned;
        if (leaving || (queued && !run.state().holders().isEmpty())) {
            return letGo(tenure, run);
        }
        return supervise(tenure, queued ? Optional.empty() : lease.doubt(), run);
    }

    private static Future<RunRecord> letGo(Tenure tenure, RunRecord run) {
        return tenure.lease()
                .release()
                .compose(v -> Future.failedFuture(
                        new Superseded("run " + run.id() + " is " + run.state().word() + " and does not begin: "
                                + run.state().holders())));
    }

    private Future<RunRecord> supervise(Tenure tenure, Optional<String> doubt, RunRecord run) {
        return Future.succeededFuture()
                .map(v -> RunSupervision.of(
                        site, tenure, run, StoredPlans.of(run, site.url), around.apply(run), record -> false))
                .compose(begun -> {
                    supervision = begun;
                    return begun.run(doubt);
                })
                .recover(failure -> tenure.lease().release().transform(v -> Future.failedFuture(failure)))
                .onComplete(v -> {
                    supervision = null;
                    showAtOnce();
                });
    }

    @Override
    public Future<Void> leave() {
        leaving = true;
        RunSupervision now = supervision;
        Future<Void> left = now == null ? Future.succeededFuture() : now.leave();
        return left.transform(v -> under).transform(v -> site.leave());
    }
}
