package dev.nightshift.bench.measure;

import dev.nightshift.sandbox.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a migration of {@code public.orders} committed what, as the server keeps it with each row; rows that the shop's
 * application has changed since then are left out.
 */
public record Commits(List<Commit> all) {

    /** Rows that became visible at one instant. */
    public record Commit(Instant at, long rows) {}

    /** Longer without a commit means that the migration has stopped and started again. */
    public static final Duration STOP = Duration.ofSeconds(2);

    private static final String READ = """
            SELECT pg_xact_commit_timestamp(x) AS at, n
            FROM (SELECT xmin AS x, count(*) AS n FROM public.orders
                  WHERE touched > 0 AND note NOT LIKE 'Changed %' GROUP BY xmin) AS transactions
            ORDER BY 1""";

    public Commits {
        all = List.copyOf(all);
    }

    public static Commits read(Login login) {
        return new Commits(login.rows(READ).stream()
                .map(row -> new Commit(row.instant("at"), row.number("n")))
                .toList());
    }

    public Optional<Instant> first() {
        return all.stream().map(Commit::at).findFirst();
    }

    public Optional<Instant> last() {
        return all.stream().map(Commit::at).reduce((earlier, later) -> later);
    }

    /** Stops and starts between the first commit and the last: two for each pause of {@link #STOP} or longer. */
    public int turns() {
        int turns = 0;
        for (int i = 1; i < all.size(); i++) {
            if (Duration.between(all.get(i - 1).at(), all.get(i).at()).compareTo(STOP) >= 0) {
                turns += 2;
            }
        }
        return turns;
    }

    public double turnsPerMinute() {
        if (all.size() < 2) {
            return 0;
        }
        Duration length =
                Duration.between(all.get(0).at(), all.get(all.size() - 1).at());
        return length.isZero() ? 0 : turns() * 60e3 / Math.max(1, length.toMillis());
    }
}
