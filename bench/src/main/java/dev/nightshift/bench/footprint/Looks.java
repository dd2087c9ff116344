package dev.nightshift.bench.footprint;

import dev.nightshift.bench.measure.Spread;
import dev.nightshift.sandbox.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When a supervisor's sessions asked something, seen from the server; and the time from one look to the next. */
final class Looks {

    private static final String NEWEST = """
            SELECT datname, max(query_start) AS at FROM pg_stat_activity
            WHERE starts_with(application_name, 'nightshift/') AND datname IS NOT NULL AND query_start IS NOT NULL
            GROUP BY datname""";

    private final Map<String, Instant> last = new HashMap<>();
    private final List<Double> gaps = new ArrayList<>();

    /** To be called several times a second, else looks are missed and gaps seem longer than they were. */
    void see(Login superuser) {
        superuser.rows(NEWEST).forEach(row -> saw(row.text("datname"), row.instant("at")));
    }

    void saw(String database, Instant at) {
        Instant before = last.put(database, at);
        if (before != null && at.isAfter(before)) {
            gaps.add(Duration.between(before, at).toNanos() / 1e9);
        }
    }

    /** Seconds from one to the next, of all databases. */
    Spread gaps() {
        return Spread.of(gaps.stream().mapToDouble(gap -> gap));
    }
}
