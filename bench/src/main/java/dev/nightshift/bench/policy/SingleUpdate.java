package dev.nightshift.bench.policy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One statement for all rows: how it is done where nobody has been hurt by it yet. */
final class SingleUpdate implements Policy {

    private static final String PAGES = "SELECT pg_relation_size('public.orders')";

    private volatile long before;

    @Override
    public void carryOut(Scene scene) throws SQLException {
        before = scene.login().number(PAGES);
        try (Connection connection = scene.login().connect("bench update");
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE public.orders SET " + Scene.SET + " WHERE " + Scene.WHERE);
        }
    }

    /** Nothing is to be seen of it before it commits, but the table grows by a new version of each row. */
    @Override
    public double share(Scene scene) {
        long started = before;
        return started == 0 ? 0 : Math.min(1, scene.login().number(PAGES) / (double) started - 1);
    }
}
