package dev.nightshift.schema;

import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * Sessions that apply migrations: named for the attempt from the first packet on, set up, and admitted only under the
 * attempt's claim.
 *
 * <p>Unlike every other session of the program they keep the search path of the role or the database: people's
 * migrations are written for the one that their application's Flyway has.
 */
final class MigrationSessions {

    /** Of a session whose statement runs for hours, so that nothing but its lock waits has a limit. */
    private static final String SETTINGS = """
            SELECT set_config(s.name, w.value, false)
            FROM (VALUES ('statement_timeout', '0', true), ('lock_timeout', '%s', true),
                ('idle_in_transaction_session_timeout', '5s', true), ('idle_session_timeout', '0', true),
                ('transaction_timeout', '0', true), ('default_transaction_isolation', 'read committed', true),
                ('default_transaction_read_only', 'off', true), ('default_transaction_deferrable', 'off', true),
                ('row_security', 'off', true), ('synchronous_commit', 'on', true), ('TimeZone', 'UTC', true),
                ('client_connection_check_interval', '1s', false), ('tcp_keepalives_idle', '5', false),
                ('tcp_keepalives_interval', '2', false), ('tcp_keepalives_count', '3', false),
                ('tcp_user_timeout', '10s', false)) AS w (name, value, everywhere)
            JOIN pg_catalog.pg_settings s USING (name)
            WHERE w.everywhere OR version() LIKE '%%linux%%'""";

    private static final Duration TO_ADMIT = Duration.ofSeconds(10);

    private final Login login;
    private final Attempt attempt;
    private final String lockTimeout;
    private final MigrationWatch watch;

    MigrationSessions(Login login, Attempt attempt, String lockTimeout, MigrationWatch watch) {
        this.login = login;
        this.attempt = attempt;
        this.lockTimeout = lockTimeout;
        this.watch = watch;
    }

    String name() {
        return attempt.sessionName("schema");
    }

    DataSource source() {
        return new SessionSource(login, name(), TO_ADMIT, this::admit);
    }

    Connection open() throws SQLException {
        return source().getConnection();
    }

    private void admit(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(SETTINGS.formatted(lockTimeout));
        }
        ClaimCheck.own(session, attempt);
        // A migration may take hours; whether its session is still there is for the watch to see.
        session.setNetworkTimeout(Runnable::run, 0);
        watch.admitted(session);
    }
}
