package dev.nightshift.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The index that a {@code CREATE INDEX CONCURRENTLY} is about: the one statement outside a transaction of which the
 * catalog tells afterwards whether it happened.
 *
 * @param table oid of its table, 0 when there was none
 * @param name as the catalog holds it
 * @param before oid of the index that had the name before the statement was sent, 0 for none
 */
record ConcurrentIndex(long table, String name, long before) {

    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
    private static final Pattern CREATE =
            Pattern.compile("(?is)CREATE\\s+(?:UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?("
                    + NAME + ")\\s+ON\\s+(?:ONLY\\s+)?(" + NAME + "(?:\\s*\\.\\s*" + NAME + ")?).*");
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*(?:\\n|$)|/\\*.*?\\*/", Pattern.DOTALL);

    private static final String BEFORE = """
            SELECT coalesce(to_regclass(?)::oid::bigint, 0) AS tab, (parse_ident(?))[1] AS name,
                coalesce((SELECT i.indexrelid::bigint FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                    WHERE i.indrelid = to_regclass(?) AND c.relname = (parse_ident(?))[1]), 0) AS before""";

    private static final String NOW = """
            SELECT i.indexrelid::bigint AS oid, i.indisvalid AS valid,
                format('%I.%I', n.nspname, c.relname) AS qualified,
                EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.index_relid = c.oid) AS building
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE i.indrelid = ? AND c.relname = ?""";

    /** What came of the statement. */
    enum Outcome {
        /** Nothing of it is left. */
        ABSENT,
        /** It was cut off half-way and left an index that no query uses. */
        INVALID,
        DONE,
        /** Somebody builds it at this moment. */
        BUILDING
    }

    /** Empty for every other statement, and for an index that PostgreSQL is to name. */
    static Optional<ConcurrentIndex> of(Connection session, String sql) throws SQLException {
        Matcher create = CREATE.matcher(COMMENT.matcher(sql).replaceAll(" ").strip());
        if (!create.matches() || create.group(1).equalsIgnoreCase("ON")) {
            return Optional.empty();
        }
        try (PreparedStatement statement = session.prepareStatement(BEFORE)) {
            for (int pair = 0; pair < 2; pair++) {
                statement.setString(1 + 2 * pair, create.group(2));
                statement.setString(2 + 2 * pair, create.group(1));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return Optional.of(new ConcurrentIndex(row.getLong(1), row.getString(2), row.getLong(3)));
            }
        }
    }

    Outcome outcome(Connection session) throws SQLException {
        try (PreparedStatement statement = ask(session);
                ResultSet row = statement.executeQuery()) {
            if (!row.next() || row.getLong("oid") == before) {
                return Outcome.ABSENT;
            }
            if (row.getBoolean("valid")) {
                return Outcome.DONE;
            }
            return row.getBoolean("building") ? Outcome.BUILDING : Outcome.INVALID;
        }
    }

    /** Only ever called for an index that is invalid and was not there before. */
    void drop(Connection session) throws SQLException {
        String qualified;
        try (PreparedStatement statement = ask(session);
                ResultSet row = statement.executeQuery()) {
            if (!row.next() || row.getBoolean("valid") || row.getLong("oid") == before) {
                return;
            }
            qualified = row.getString("qualified");
        }
        try (Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = 0");
            statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + qualified);
        }
    }

    private PreparedStatement ask(Connection session) throws SQLException {
        PreparedStatement statement = session.prepareStatement(NOW);
        statement.setLong(1, table);
        statement.setString(2, name);
        return statement;
    }
}
