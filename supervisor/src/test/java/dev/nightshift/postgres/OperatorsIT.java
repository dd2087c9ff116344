package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Working;
import dev.nightshift.sandbox.Login;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A role that may call the journal's functions and nothing else. */
class OperatorsIT {

    private final JournaledRun run = new JournaledRun();
    private final String role = "operator_" + UUID.randomUUID().toString().substring(0, 8);
    private final Login operator = new Login(
            run.database.migrator().host(), run.database.migrator().port(), role, "operator", run.database.name());

    @BeforeEach
    void begin() {
        run.in(new Working());
        Patiently.done(
                "test",
                run.permits.grant(
                        JournaledRun.ID, OptionalLong.empty(), Instant.now().plusSeconds(600)));
        run.database.asSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD 'operator'");
        run.database.execute(
                "GRANT USAGE ON SCHEMA nightshift TO " + role,
                "GRANT EXECUTE ON FUNCTION nightshift.pause, nightshift.resume, nightshift.abort,"
                        + " nightshift.freeze, nightshift.thaw TO " + role);
    }

    @AfterEach
    void drop() {
        run.database.asSuperuser("DROP OWNED BY " + role, "DROP ROLE " + role);
        run.close();
    }

    @Test
    void an_operator_pauses_and_the_permit_ends_at_once() {
        operator.number("SELECT nightshift.pause('deploy')");

        assertThat(run.database.text("SELECT kind || ' ' || reason || ' ' || asked_by FROM nightshift.intents"))
                .isEqualTo("pause deploy " + role);
        assertThat(run.database.text("SELECT valid_until::text FROM nightshift.permits"))
                .isEqualTo("-infinity");
    }

    @Test
    void an_operator_aborts_and_the_worker_is_fenced_off() {
        operator.number("SELECT nightshift.abort('breach')");

        assertThat(run.database.text("SELECT revoked FROM nightshift.permits")).isEqualTo("true");
        assertThat(run.database.text("SELECT epoch FROM nightshift.claims")).isEqualTo("1");
    }

    @Test
    void an_operator_freezes_and_thaws_under_the_own_name() {
        operator.number("SELECT nightshift.freeze('incident')");

        assertThat(run.database.text("SELECT reason || ' ' || frozen_by FROM nightshift.frozen"))
                .isEqualTo("incident " + role);
        assertThat(run.database.text("SELECT valid_until::text FROM nightshift.permits"))
                .isEqualTo("-infinity");
        assertThat(operator.number("SELECT nightshift.thaw('over')")).isEqualTo(1);
        assertThat(run.database.text("SELECT count(*) FROM nightshift.frozen")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE nightshift.permits SET valid_until = 'infinity'",
                "UPDATE nightshift.claims SET epoch = 0",
                "UPDATE nightshift.runs SET state = 'succeeded'",
                "DELETE FROM nightshift.intents",
                "SELECT * FROM nightshift.runs",
                "SELECT nightshift.ask('approve', 'me too')",
                "SELECT nightshift.keep_partitions('0')",
                "SELECT nightshift.freeze_for('x', NULL, 'somebody else', 'elsewhere')",
                "SELECT nightshift.thaw_for('x', 'somebody else', 'elsewhere')",
                "DELETE FROM nightshift.freezes",
            })
    void an_operator_may_do_nothing_else(String sql) {
        assertThatThrownBy(() -> operator.execute(sql)).hasMessageContaining("permission denied");
    }

    @Test
    void what_an_operator_puts_in_the_search_path_is_not_called() {
        run.database.asSuperuser("CREATE SCHEMA evil AUTHORIZATION " + role);
        operator.execute(
                "CREATE FUNCTION evil.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT NULL::timestamptz'",
                "CREATE FUNCTION evil.ask(text, text) RETURNS bigint LANGUAGE sql AS 'SELECT -1::bigint'",
                "ALTER ROLE " + role + " SET search_path = evil, nightshift, pg_catalog");

        assertThat(operator.number("SELECT nightshift.pause('deploy')")).isPositive();

        assertThat(run.database.text("SELECT asked_at IS NOT NULL FROM nightshift.intents"))
                .isEqualTo("true");
    }
}
