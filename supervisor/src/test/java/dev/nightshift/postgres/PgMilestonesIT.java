package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Working;
import dev.nightshift.sandbox.Login;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaMark.State;
import dev.nightshift.view.SchemaWish;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a role that may do almost nothing sees of what it waits for. */
class PgMilestonesIT {

    private static final String HISTORY = "CREATE TABLE public.flyway_schema_history (installed_rank int PRIMARY KEY,"
            + " version varchar(50), description varchar(200) NOT NULL DEFAULT '', type varchar(20) NOT NULL,"
            + " script varchar(1000) NOT NULL, success boolean NOT NULL)";

    private final JournaledRun run = new JournaledRun();
    private final String role = "waits_" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void begin() {
        run.database.asSuperuser("CREATE ROLE " + role + " LOGIN PASSWORD 'waits'");
    }

    @AfterEach
    void drop() {
        run.database.asSuperuser("DROP OWNED BY " + role, "DROP ROLE " + role);
        run.close();
    }

    @Test
    void with_the_rights_that_are_documented_a_run_is_found_by_name_and_id_and_hash() {
        run.in(new Working());
        run.database.execute(
                "GRANT USAGE ON SCHEMA nightshift TO " + role,
                "GRANT SELECT (id, plan_name, plan_hash, state, detail, moved_at, created_at, started_at, ended_at,"
                        + " created_by) ON nightshift.runs TO " + role);
        String hash = run.database.text("SELECT plan_hash FROM nightshift.runs");

        try (PgAccess access = waiting()) {
            assertThat(access.milestones().run("orders-total-cents", ""))
                    .hasValueSatisfying(found -> assertThat(found.state()).isEqualTo(new Working()));
            assertThat(access.milestones().run("7f3kmq", hash)).isPresent();
            assertThat(access.milestones().run("orders-total-cents", "ffffff")).isEmpty();
            assertThat(access.milestones().run("other", "")).isEmpty();
        }
        assertThatThrownBy(() -> asRole().execute("SELECT plan_source FROM nightshift.runs"))
                .hasMessageContaining("permission denied");
    }

    @Test
    void the_newest_run_of_a_name_counts() {
        run.in(new Working());
        run.database.execute("INSERT INTO nightshift.runs (id, plan_name, plan_hash, plan_source, plan_file, state,"
                + " created_by, created_at, ended_at) VALUES ('zzzzzz', 'orders-total-cents', 'h', 's', 'f', 'succeeded',"
                + " 'bob@desk', clock_timestamp() - interval '1 day', clock_timestamp())");

        try (PgAccess access = run.access()) {
            assertThat(access.milestones().run("orders-total-cents", ""))
                    .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(JournaledRun.ID));
            assertThat(access.milestones().run("zzzzzz", "")).isPresent();
        }
    }

    @Test
    void without_the_rights_it_is_told_what_to_grant_and_without_a_journal_there_is_no_run() {
        try (PgAccess access = waiting()) {
            assertThat(access.milestones().run("orders-total-cents", "")).isEmpty();
        }
        run.in(new Working());
        try (PgAccess access = waiting()) {
            assertThatThrownBy(() -> access.milestones().run("orders-total-cents", ""))
                    .isInstanceOfSatisfying(
                            Permanent.class,
                            refused -> assertThat(refused.explanation().todo()).contains("docs/deploy.md"));
        }
    }

    @Test
    void a_version_is_read_as_flyway_compares_it() {
        run.database.execute(
                HISTORY,
                "INSERT INTO public.flyway_schema_history VALUES (1, '3', '', 'BASELINE', 'base', true),"
                        + " (2, '4', '', 'SQL', 'V4__a.sql', true), (3, '4.1', '', 'SQL', 'V4_1__b.sql', true),"
                        + " (4, '10.01', '', 'SQL', 'V10_1__c.sql', true), (5, '11', '', 'SQL', 'V11__d.sql', false),"
                        + " (6, NULL, '', 'SQL', 'R__views.sql', true), (7, '4.1', '', 'UNDO_SQL', 'U4_1__b.sql', true)",
                "GRANT SELECT ON public.flyway_schema_history TO " + role);
        run.in(new Working());

        assertThat(mark("4").state()).isEqualTo(State.APPLIED);
        assertThat(mark("4.0").state()).isEqualTo(State.APPLIED);
        assertThat(mark("10_1").state()).isEqualTo(State.APPLIED);
        assertThat(mark("2.7").state()).as("beneath the baseline").isEqualTo(State.APPLIED);
        assertThat(mark("4.1").state()).as("undone").isEqualTo(State.PENDING);
        assertThat(mark("9").state()).as("left out").isEqualTo(State.PENDING);
        assertThat(mark("9").failed()).isEmpty();
        assertThat(mark("11").state()).isEqualTo(State.PENDING);
        assertThat(mark("12").failed()).contains("V11__d.sql");
        assertThat(mark("12").newest()).contains("10.01");
        assertThat(mark("12").run()).as("the journal is not to read").isEmpty();
    }

    @Test
    void a_schema_without_a_history_is_told_from_one_that_may_not_be_read() {
        assertThat(mark("4").state()).isEqualTo(State.ABSENT);

        run.database.execute(HISTORY, "CREATE SCHEMA other", HISTORY.replace("public", "other"));

        assertThatThrownBy(() -> mark("4")).hasMessageContaining("several schemas have a table");
        assertThatThrownBy(() -> mark("4", "public.flyway_schema_history"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        refused -> assertThat(refused.explanation().todo()).contains("SELECT on \"public\""));
        assertThat(mark("4", "flyway_history").state()).isEqualTo(State.ABSENT);
    }

    @Test
    void the_newest_run_that_applies_migrations_is_seen_by_who_may_read_the_journal() {
        run.in(new Working());
        run.database.execute(HISTORY);
        try (PgAccess access = run.access()) {
            assertThat(access.milestones()
                            .schema(SchemaWish.of("4", SchemaWish.TABLE))
                            .run())
                    .isEmpty();
        }
        run.database.execute("UPDATE nightshift.steps SET kind = 'schema' WHERE name = 'fill'");
        try (PgAccess access = run.access()) {
            assertThat(access.milestones()
                            .schema(SchemaWish.of("4", SchemaWish.TABLE))
                            .run())
                    .isPresent();
        }
    }

    private SchemaMark mark(String version) {
        return mark(version, SchemaWish.TABLE);
    }

    private SchemaMark mark(String version, String history) {
        try (PgAccess access = waiting()) {
            return access.milestones().schema(SchemaWish.of(version, history));
        }
    }

    private PgAccess waiting() {
        return PgAccess.look(
                new PgSessions(run.vertx, DatabaseUrl.parse(asRole().url()), Optional.of(asRole().password())));
    }

    private Login asRole() {
        return new Login(
                run.database.migrator().host(), run.database.migrator().port(), role, "waits", run.database.name());
    }
}
