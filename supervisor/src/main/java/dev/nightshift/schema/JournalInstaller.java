package dev.nightshift.schema;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.api.FlywayException;

/** Sees that the journal, schema {@code nightshift}, is in the database in the version that this program writes. */
public final class JournalInstaller {

    /** Waived by a plan whose author has brought the journal's tables to every subscriber. */
    public static final String WAIVER = "PF-PUBLICATION";

    private static final String DOING = "installing the journal (schema nightshift)";
    /** Longer than any DDL of ours takes; the journal's tables are nobody else's. */
    private static final String PREAMBLE = "SET lock_timeout = '5s'; SET statement_timeout = '60s';"
            + " SET idle_in_transaction_session_timeout = '10s'; SET search_path = pg_catalog";

    /** Beyond the statement timeout. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final Login login;
    private final boolean subscribersAreReady;

    /**
     * Installs into one database.
     *
     * @param subscribersAreReady true when a person said that whatever decodes all tables of this database can take the
     *     journal's too; publications and slots are not looked at then
     */
    public JournalInstaller(Login login, boolean subscribersAreReady) {
        this.login = login;
        this.subscribersAreReady = subscribersAreReady;
    }

    /**
     * Installs or upgrades the journal; where it is up to date this costs two queries.
     *
     * @throws dev.nightshift.run.Permanent when it cannot be installed; nothing was changed then
     * @throws dev.nightshift.run.Transient when the database does not answer
     */
    public void install() {
        try (Connection session =
                new SessionSource(login, "nightshift/install", PATIENCE, JournalInstaller::prepare).getConnection()) {
            JournalState found = JournalState.read(session);
            checkServer(found);
            if (found.version() > JournalState.WANTED) {
                throw refuse(
                        "the journal in this database is newer (" + found.version() + ") than this program ("
                                + JournalState.WANTED + ")",
                        "use the program that installed it, or a later one");
            }
            if (found.version() < JournalState.WANTED) {
                checkDecoders(session);
                createSchema(session);
                migrate();
            } else {
                keepPartitions(session);
            }
        } catch (SQLException e) {
            if (SqlTrouble.means(e, SqlState.PRIVILEGE)) {
                throw notOurs();
            }
            throw SqlTrouble.of(e, DOING, Explanation.NOTHING_CHANGED);
        }
    }

    private static void checkServer(JournalState found) {
        if (found.standby()) {
            throw refuse("this server is a standby", "name the primary in the plan's database url");
        }
        if (!found.writable()) {
            throw refuse(
                    "the role or the database is set to read-only (default_transaction_read_only is on)",
                    "connect as a role that may write, or ask who set it before it is taken back");
        }
    }

    private void checkDecoders(Connection session) throws SQLException {
        List<String> found = subscribersAreReady ? List.of() : Decoders.find(session);
        if (!found.isEmpty()) {
            throw refuse(
                    WAIVER
                            + ": logical replication would carry the journal to subscribers that do not have its tables, and stop"
                            + " there: " + String.join(", ", found),
                    "create schema nightshift and its tables on each subscriber first, then waive " + WAIVER + " in the"
                            + " plan; or narrow the publication; a journal in another database is not in this version");
        }
    }

    private void createSchema(Connection session) throws SQLException {
        if (!ask(session, "SELECT to_regnamespace('nightshift') IS NOT NULL")) {
            if (!ask(session, "SELECT has_database_privilege(current_database(), 'CREATE')")) {
                throw refuse(
                        "role " + login.user() + " may not create a schema in database " + login.database(),
                        "GRANT CREATE ON DATABASE " + login.database() + " TO " + login.user()
                                + ", or create schema nightshift and make the role its owner");
            }
            createSchemaUnlessThere(session);
        }
        if (!ask(session, "SELECT has_schema_privilege('nightshift', 'CREATE')")) {
            throw notOurs();
        }
    }

    private Permanent notOurs() {
        return refuse(
                "schema nightshift belongs to another role than " + login.user(),
                "connect as its owner, or ALTER SCHEMA nightshift OWNER TO " + login.user());
    }

    private static void createSchemaUnlessThere(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS nightshift");
        } catch (SQLException e) {
            // Two at once: IF NOT EXISTS looks before it leaps, and the unique index of the catalog decides.
            if (!SqlTrouble.isState(e, SqlTrouble.UNIQUE_VIOLATION, SqlTrouble.DUPLICATE_SCHEMA)) {
                throw e;
            }
        }
    }

    private void migrate() {
        try {
            FlywaySetup.over(new SessionSource(login, "nightshift/install", PATIENCE, JournalInstaller::prepare))
                    .locations("classpath:db/nightshift")
                    .defaultSchema("nightshift")
                    .schemas("nightshift")
                    .createSchemas(false)
                    .table("schema_history")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            String state = "the journal is as it was before; nothing else was changed";
            throw SqlTrouble.find(e)
                    .map(sql -> SqlTrouble.of(sql, DOING, state))
                    .orElseGet(() -> new Permanent(
                            new Explanation(
                                    "the journal cannot be installed: " + FlywayReason.of(e),
                                    DOING,
                                    state,
                                    "see what is in schema nightshift; it must be Nightshift's alone"),
                            e));
        }
    }

    private static void prepare(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute(PREAMBLE);
        }
    }

    /** Makes room for the history of the coming weeks and drops what is older than a month. */
    private static void keepPartitions(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SELECT nightshift.keep_partitions(interval '30 days')");
        } catch (SQLException e) {
            // Somebody reads the old history: weeks ahead are there already, and the next supervisor tries again.
            if (!SqlTrouble.means(e, SqlState.LOCK_TIMEOUT)) {
                throw e;
            }
        }
    }

    private static boolean ask(Connection session, String query) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static Permanent refuse(String what, String todo) {
        return new Permanent(new Explanation(what, DOING, Explanation.NOTHING_CHANGED, todo));
    }
}
