package dev.nightshift.schema;

import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.exception.FlywayBlockStatementExecutionException;

/**
 * Stands between Flyway and the database for one migration: a transaction locks the claim before anything else, and each
 * statement outside a transaction is written down before it is sent.
 */
final class MigrationGuard extends BaseCallback {

    /** There is no live permit: the migration was not begun, or goes on later from this statement. */
    static final class NoPermit extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The work was asked to stop between two statements. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Attempt attempt;
    private final String step;
    private final int skip;
    private boolean transactional;
    private int next;
    private Optional<Unfinished> sent = Optional.empty();

    /**
     * Guards one migration.
     *
     * @param skip so many of its first statements were carried out by an earlier try
     */
    MigrationGuard(Attempt attempt, String step, int skip) {
        this.attempt = attempt;
        this.step = step;
        this.skip = skip;
    }

    /** The statement outside a transaction that was sent and has not succeeded. */
    Optional<Unfinished> sent() {
        return sent;
    }

    @Override
    public boolean supports(Event event, Context context) {
        return event == Event.BEFORE_BASELINE
                || event == Event.BEFORE_EACH_MIGRATE
                || event == Event.BEFORE_EACH_MIGRATE_STATEMENT
                || event == Event.AFTER_EACH_MIGRATE_STATEMENT;
    }

    @Override
    public void handle(Event event, Context context) {
        try {
            if (event == Event.BEFORE_BASELINE) {
                if (!ClaimCheck.lock(context.getConnection(), attempt)) {
                    throw new NoPermit();
                }
            } else if (event == Event.BEFORE_EACH_MIGRATE) {
                begin(context.getConnection());
            } else if (event == Event.BEFORE_EACH_MIGRATE_STATEMENT) {
                before(context);
            } else {
                sent = Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(Connection session) throws SQLException {
        transactional = !session.getAutoCommit();
        next = 0;
        if (transactional) {
            if (!ClaimCheck.lock(session, attempt)) {
                throw new NoPermit();
            }
            return;
        }
        // What waits outside a transaction waits for the end of others' transactions; that blocks nobody but DDL,
        // and giving up half-way would leave an invalid index.
        try (Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = 0");
        }
    }

    private void before(Context context) throws SQLException {
        if (attempt.stop().asked()) {
            throw new Stopped();
        }
        if (transactional) {
            return;
        }
        int statement = next++;
        String sql = context.getStatement().getSql();
        if (statement < skip && !isSetting(sql)) {
            throw new FlywayBlockStatementExecutionException(
                    new ErrorDetails(CoreErrorCode.FAULT, "carried out before"), "an earlier try carried it out");
        }
        Connection session = context.getConnection();
        MigrationInfo migration = context.getMigrationInfo();
        Unfinished sending = new Unfinished(
                migration.getScript(),
                Objects.requireNonNullElse(migration.getChecksum(), 0),
                Math.max(statement, skip),
                ConcurrentIndex.of(session, sql),
                true);
        if (!sending.sending(session, attempt, step)) {
            ClaimCheck.own(session, attempt);
            throw new NoPermit();
        }
        sent = Optional.of(sending);
    }

    /** It holds for the session only, so that an earlier try's is gone. */
    private static boolean isSetting(String sql) {
        return sql.strip().toLowerCase(Locale.ROOT).matches("(?s)(set|reset)\\s.*");
    }
}
