package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nightshift.guards.preflight.CheckResult;
import dev.nightshift.guards.preflight.PreflightReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real PgBouncer between a plan and its database is named, in each of its modes. */
class PoolerIT {

    /** What people write to let programs connect that set something for their session. */
    private static final String IGNORE =
            "ignore_startup_parameters = extra_float_digits,statement_timeout,lock_timeout,"
                    + "idle_in_transaction_session_timeout,idle_session_timeout,client_connection_check_interval,"
                    + "default_transaction_isolation,default_transaction_read_only,default_transaction_deferrable,"
                    + "search_path,row_security,synchronous_commit,IntervalStyle,bytea_output,tcp_keepalives_idle,"
                    + "tcp_keepalives_interval,tcp_keepalives_count,tcp_user_timeout,options";

    /** As a session of a preflight asks for them. */
    private static final String[] SETTINGS = Stream.of(
                    "statement_timeout = '10s'",
                    "lock_timeout = '1s'",
                    "idle_in_transaction_session_timeout = '5s'",
                    "idle_session_timeout = '60s'",
                    "client_connection_check_interval = '1s'",
                    "default_transaction_read_only = on",
                    "search_path = pg_catalog",
                    "row_security = off",
                    "synchronous_commit = local",
                    "TimeZone = 'UTC'")
            .map(setting -> "ALTER ROLE migrator SET " + setting)
            .toArray(String[]::new);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private static PreflightPair pair;
    private static Path program;

    @BeforeAll
    static void start() {
        assumeTrue(
                PgBouncer.program().isPresent(),
                "skipped: no pgbouncer on this machine; on Debian: apt install pgbouncer");
        program = PgBouncer.program().orElseThrow();
        pair = PreflightPair.start(directory);
    }

    @AfterAll
    static void stop() {
        if (pair != null) {
            pair.close();
        }
    }

    @Test
    void transaction_pooling_that_drops_settings_is_told_by_them() throws IOException {
        try (PgBouncer pooler = PgBouncer.start(program, pair.migrator(), "transaction", IGNORE)) {
            CheckResult result = onlyPooler(look(pooler));
            assertThat(result.seen()).contains("lock_timeout = 0 instead of 1000", "and ", " more");
            assertThat(result.remedy()).contains("name PostgreSQL itself in the plan's database url");
        }
    }

    @Test
    void a_pooler_that_refuses_settings_is_told_by_its_own_words() throws IOException {
        try (PgBouncer pooler = PgBouncer.start(program, pair.migrator(), "transaction")) {
            assertThat(onlyPooler(look(pooler)).seen()).contains("unsupported startup parameter");
        }
    }

    /** It would keep what is SET later, but not what a session must have from its first packet on. */
    @Test
    void session_pooling_is_refused_as_well_since_it_drops_the_same() throws IOException {
        try (PgBouncer pooler = PgBouncer.start(program, pair.migrator(), "session", IGNORE)) {
            assertThat(onlyPooler(look(pooler)).seen()).contains("lock_timeout = 0 instead of 1000");
        }
    }

    /** Then nothing is missing but the number by which a session is found and ended. */
    @Test
    void session_pooling_whose_role_has_every_setting_is_told_by_its_backend() throws IOException {
        pair.superuser().execute(SETTINGS);
        try (PgBouncer pooler = PgBouncer.start(program, pair.migrator(), "session", IGNORE)) {
            assertThat(onlyPooler(look(pooler)).seen()).contains("answers come from another backend");
        } finally {
            pair.superuser().execute("ALTER ROLE migrator RESET ALL");
        }
    }

    private static CheckResult onlyPooler(PreflightReport report) {
        assertThat(PreflightPair.faults(report)).containsExactly("PF-PGBOUNCER fail");
        assertThat(report.refused()).isTrue();
        return PreflightPair.one(report, "PF-PGBOUNCER");
    }

    private static PreflightReport look(PgBouncer pooler) {
        return pair.look(pair.read(PreflightPair.text(
                pooler.login().url(), PreflightPair.DUMP.formatted(directory, "public.orders"), "public.orders", "")));
    }
}
