package dev.nightshift.bench.policy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Goes through the table by its key, one batch and one transaction at a time. */
final class KeyWalk implements AutoCloseable {

    private static final String FIRST = "SELECT %1$s FROM public.orders ORDER BY %1$s OFFSET ? LIMIT 1";
    private static final String NEXT = "SELECT %1$s FROM public.orders WHERE %1$s > ? ORDER BY %1$s OFFSET ? LIMIT 1";
    private static final String UPDATE = "UPDATE public.orders SET " + Scene.SET + " WHERE " + Scene.WHERE;

    private final Connection connection;
    private final String column;
    private final long rows;
    private Optional<Object> after = Optional.empty();
    private boolean over;
    private long done;

    KeyWalk(Scene scene, String name) throws SQLException {
        this.connection = scene.login().connect("bench " + name);
        this.column = scene.key().column();
        this.rows = scene.rows();
    }

    /** Whether there was anything left to do. */
    boolean batch(long size) throws SQLException {
        if (over) {
            return false;
        }
        Optional<Object> last = last(size);
        String range = after.map(key -> " AND " + column + " > ?").orElse("")
                + last.map(key -> " AND " + column + " <= ?").orElse("");
        try (PreparedStatement statement = connection.prepareStatement(UPDATE + range)) {
            int parameter = 1;
            for (Optional<Object> bound : List.of(after, last)) {
                if (bound.isPresent()) {
                    statement.setObject(parameter++, bound.get());
                }
            }
            done += statement.executeUpdate();
        }
        over = last.isEmpty();
        after = last;
        return true;
    }

    double share() {
        return done / (double) rows;
    }

    /** The last key of the batch; empty when fewer rows are left. */
    private Optional<Object> last(long size) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement((after.isEmpty() ? FIRST : NEXT).formatted(column))) {
            int parameter = 1;
            if (after.isPresent()) {
                statement.setObject(parameter++, after.get());
            }
            statement.setLong(parameter, size - 1);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? Optional.of(found.getObject(1)) : Optional.empty();
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
