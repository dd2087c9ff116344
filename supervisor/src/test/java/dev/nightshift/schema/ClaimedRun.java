package dev.nightshift.schema;

import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A run in the journal of a database, with a claim, a permit for a day, and an attempt at work under both. */
public final class ClaimedRun {

    private final FreshDatabase database;
    private final RunId id;
    private final Claim claim;
    private final Stop stop = new Stop();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private ClaimedRun(FreshDatabase database, RunId id) {
        this.database = database;
        this.id = id;
        this.claim = new Claim(id, 1, UUID.randomUUID());
    }

    /** The only active run of that database, whose journal is installed if it is not. */
    public static ClaimedRun start(FreshDatabase database, String id) {
        new JournalInstaller(database.login(), false).install();
        ClaimedRun run = new ClaimedRun(database, new RunId(id));
        database.execute(
                "INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state, created_by)"
                        + " VALUES ('" + id + "', 'test', '', '', '/plan.yaml', 'working', 'test')",
                "INSERT INTO nightshift.claims (run_id, epoch, token) VALUES ('" + id + "', 1, '" + run.claim.token()
                        + "')",
                "INSERT INTO nightshift.permits (run_id, lease_token, valid_until) VALUES ('" + id
                        + "', gen_random_uuid(), clock_timestamp() + interval '1 day')");
        return run;
    }

    public Claim claim() {
        return claim;
    }

    public Attempt attempt() {
        return new Attempt(claim, Mandate.WORK, said::add, stop);
    }

    public RunRecord record() {
        return new RunRecord(id, "test", "abc", "", "/plan.yaml", 1, new Working());
    }

    /** What the attempt's work said it was doing. */
    public List<String> said() {
        return said;
    }

    /** The worker is asked to leave. */
    public void stop() {
        stop.ask();
    }

    /** Work that comes after {@link #stop} is not asked to leave any more. */
    public void goOn() {
        stop.forget();
    }

    /** Another worker takes the run over. */
    public void supersede() {
        database.execute("UPDATE nightshift.claims SET epoch = epoch + 1, token = gen_random_uuid()");
    }

    public void end() {
        database.execute("UPDATE nightshift.runs SET state = 'succeeded', ended_at = clock_timestamp()");
    }

    /**
     * A plan for that database.
     *
     * @param more its lines from {@code backup} on
     */
    public static Plan plan(FreshDatabase database, Path directory, String more) {
        String text = "nightshift: 1\nname: test\ndatabase: {url: \"" + database.url() + "\"}\nreplicas: none\n" + more;
        PlanReading reading = PlanReader.read("plan.yaml", text, directory);
        if (reading instanceof PlanReading.Accepted accepted) {
            return accepted.plan();
        }
        throw new AssertionError(reading);
    }

    private static final class Stop implements StopSignal {
        private boolean asked;
        private Optional<Runnable> action = Optional.empty();

        synchronized void ask() {
            asked = true;
            action.ifPresent(Runnable::run);
        }

        synchronized void forget() {
            asked = false;
        }

        @Override
        public synchronized boolean asked() {
            return asked;
        }

        @Override
        public synchronized Registration onAsked(Runnable wanted) {
            action = Optional.of(wanted);
            if (asked) {
                wanted.run();
            }
            return () -> action = Optional.empty();
        }
    }
}
