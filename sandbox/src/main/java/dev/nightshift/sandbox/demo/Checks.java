package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Cluster;
import dev.nightshift.sandbox.LoadReport;
import dev.nightshift.sandbox.Login;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What must be true when the run is over, looked up in the tables themselves and not in the journal. */
final class Checks {

    /** One of them, with what was found. */
    record Check(String name, boolean passed, String found) {}

    private static final String TOTALS = "SELECT count(*) FROM public.orders WHERE ";
    /** Differs if one row does. */
    private static final String FINGERPRINT =
            "SELECT count(*) || ' ' || coalesce(sum(hashtext(o::text)::bigint), 0) FROM public.orders o";

    private static final String INVALID = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";

    private static final String MARKED =
            "SELECT count(*) FROM pg_description WHERE objoid = 'public.orders'::regclass AND description = ?";

    private final List<Check> done = new ArrayList<>();
    private final Cluster cluster;
    private final Login login;

    private Checks(Cluster cluster) {
        this.cluster = cluster;
        this.login = cluster.primary().migrator();
    }

    static Checks of(Scenario scenario, Cluster cluster, Story story, long rows, LoadReport load, boolean dump) {
        Checks checks = new Checks(cluster);
        checks.ended(scenario, story, dump);
        if (!story.state().equals(scenario.state())) {
            // The others speak of what the whole plan leads to.
            return checks;
        }
        if (scenario == Scenario.SUCCESS) {
            checks.filled(story, rows);
        } else {
            checks.undone(story, rows);
        }
        checks.sameOnStandby();
        checks.add("the shop's application met no error", load.failed() == 0, load.failed() + " failed operations");
        return checks;
    }

    List<Check> all() {
        return List.copyOf(done);
    }

    boolean passed() {
        return done.stream().allMatch(Check::passed);
    }

    /** The rows of the start, and those that the shop added before the migration's trigger filled new ones. */
    static long rowsTotal(Login login, long rows) {
        return login.number(TOTALS + "id <= ? OR touched > 0", rows);
    }

    private void ended(Scenario scenario, Story story, boolean dump) {
        add("the run ended as expected", story.state().equals(scenario.state()), story.state());
        String backup = story.backup().map(Story.Backup::state).orElse("none");
        if (dump) {
            add("the backup is verified", backup.equals("verified"), backup);
        } else {
            add("there is no backup, as the plan says", backup.equals("none"), backup);
        }
        add("no index is invalid", login.number(INVALID) == 0, "invalid: " + login.number(INVALID));
    }

    private void filled(Story story, long rows) {
        long once = login.number(TOTALS + "id <= ? AND touched = 1", rows);
        add("every row of the start was done exactly once", once == rows && never("touched > 1"), once + " rows");
        long total = rowsTotal(login, rows);
        add("the journal counts every row once", story.rowsDone() == total, story.rowsDone() + " of " + total);
        add("no total is missing or wrong", never("total_cents IS DISTINCT FROM (amount * 100)::bigint"), "");
        add("the new index is there", login.truth("SELECT to_regclass(?) IS NOT NULL", "public." + DemoPlan.INDEX), "");
    }

    private void undone(Story story, long rows) {
        long once = login.number(TOTALS + "touched = 1");
        add("no row was done twice", never("touched > 1"), "");
        add("the journal counts the rows that were done", once == story.rowsDone(), once + " rows");
        add("the run was stopped before its end", once < rows, once + " of " + rows + " rows");
        List<Story.Step> abort = story.steps().stream()
                .filter(step -> step.part().equals("abort"))
                .toList();
        boolean complete =
                !abort.isEmpty() && abort.stream().allMatch(step -> step.state().equals("done"));
        add("every step of the abort plan is done", complete, abort.toString());
        add("the abort plan has marked the column", login.number(MARKED, DemoPlan.MARK) == 1, "");
    }

    private void sameOnStandby() {
        cluster.awaitCaughtUp(DemoPlan.STANDBY, Duration.ofMinutes(2));
        String here = login.text(FINGERPRINT);
        String there = cluster.standby(DemoPlan.STANDBY).migrator().text(FINGERPRINT);
        add("the standby has the same rows", here.equals(there), here + " and " + there);
    }

    private boolean never(String condition) {
        return login.number(TOTALS + condition) == 0;
    }

    void add(String name, boolean passed, String found) {
        done.add(new Check(name, passed, found));
    }
}
