package dev.nightshift.guards.preflight;

import java.time.Duration;
import java.util.List;

/**
 * What others do on the server now.
 *
 * @param waiters sentences about sessions that wait for a touched table
 * @param migrations sentences about other migration tools at work
 */
public record Activity(
        Fact<List<Transaction>> transactions,
        List<String> waiters,
        Fact<List<Vacuum>> vacuums,
        Fact<Long> baseBackups,
        List<String> migrations) {

    public Activity {
        waiters = List.copyOf(waiters);
        migrations = List.copyOf(migrations);
    }

    /**
     * An open transaction of a client, or a prepared one.
     *
     * @param who {@code session 4711 of reporting, nightly-report (idle in transaction)}
     * @param end the statement that ends it
     * @param dump whether it is a pg_dump or copies a table out
     * @param touched tables of the plan that it has locked
     */
    public record Transaction(String who, String end, Duration age, boolean dump, List<String> touched) {

        public Transaction {
            touched = List.copyOf(touched);
        }
    }

    /** A vacuum of a touched table. */
    public record Vacuum(String table, String who, boolean preventsWraparound) {}
}
