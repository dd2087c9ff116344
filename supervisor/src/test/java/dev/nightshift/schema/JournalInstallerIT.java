package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalInstallerIT {

    private final FreshDatabase database = new FreshDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void installs_every_table_with_a_primary_key_and_its_history() {
        install();
        assertThat(database.texts("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'nightshift'::regnamespace"
                        + " AND c.relkind IN ('r', 'p') AND NOT EXISTS"
                        + " (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)"))
                .isEmpty();
        assertThat(database.text("SELECT count(*) FROM nightshift.runs")).isEqualTo("0");
        assertThat(database.texts("SELECT version FROM nightshift.schema_history WHERE success"))
                .containsExactly("1");
        assertThat(database.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void a_second_installation_changes_nothing() {
        install();
        String before = database.text("SELECT string_agg(xmin::text, ',') FROM pg_class WHERE oid > 16384");
        install();
        assertThat(database.text("SELECT string_agg(xmin::text, ',') FROM pg_class WHERE oid > 16384"))
                .isEqualTo(before);
    }

    @Test
    void history_of_more_than_a_month_ago_is_dropped_and_room_for_weeks_is_made_when_a_supervisor_begins() {
        install();
        database.execute(
                "CREATE TABLE nightshift.events_20240101 PARTITION OF nightshift.events"
                        + " FOR VALUES FROM ('2024-01-01 00:00+00') TO ('2024-01-08 00:00+00')",
                "INSERT INTO nightshift.events (at, run_id, kind, message) VALUES ('2024-01-02', 'abcdef', 'note', 'old')",
                // The planner may look at every relation of the catalog before it knows which are partitions.
                "SET enable_nestloop = off",
                "SET enable_mergejoin = off",
                "SELECT nightshift.keep_partitions(interval '30 days')");
        assertThat(database.text("SELECT to_regclass('nightshift.events_20240101') IS NULL"))
                .isEqualTo("true");

        for (String parent : List.of("events", "readings")) {
            database.execute(
                    "DO $$ DECLARE old regclass; BEGIN FOR old IN SELECT inhrelid FROM pg_inherits WHERE inhparent ="
                            + " 'nightshift." + parent
                            + "'::regclass LOOP EXECUTE 'DROP TABLE ' || old; END LOOP; END $$");
        }
        install();
        database.execute(
                "INSERT INTO nightshift.events (run_id, kind, message) VALUES ('abcdef', 'note', 'now')",
                "INSERT INTO nightshift.events (at, run_id, kind, message)"
                        + " VALUES (clock_timestamp() + interval '7 weeks', 'abcdef', 'note', 'a long run')",
                "INSERT INTO nightshift.readings VALUES (clock_timestamp() + interval '7 weeks', 'abcdef', 's', '', 1)");
    }

    @Test
    void two_installations_at_once_both_succeed() {
        List<CompletableFuture<Void>> both = Stream.generate(() -> CompletableFuture.runAsync(this::install))
                .limit(2)
                .toList();
        both.forEach(CompletableFuture::join);
        assertThat(database.texts("SELECT version FROM nightshift.schema_history WHERE version IS NOT NULL"))
                .containsExactly("1");
    }

    @Test
    void a_publication_for_all_tables_refuses_the_journal_and_nothing_is_changed() {
        database.asSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
        assertThatThrownBy(this::install)
                .isInstanceOfSatisfying(
                        Permanent.class,
                        refused -> assertThat(refused.explanation().lines())
                                .hasSize(4)
                                .anySatisfy(line -> assertThat(line).contains("publication everything FOR ALL TABLES"))
                                .anySatisfy(line -> assertThat(line).contains("nothing was changed"))
                                .anySatisfy(line -> assertThat(line)
                                        .contains("on each subscriber first", "narrow", "another database is not")));
        assertThat(schemas()).isEqualTo("0");
    }

    @Test
    void a_publication_of_other_tables_is_no_hindrance() {
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");
        database.asSuperuser("CREATE PUBLICATION some_tables FOR TABLE orders");
        install();
        assertThat(schemas()).isEqualTo("1");
    }

    @Test
    void a_person_may_say_that_the_subscribers_are_ready() {
        database.asSuperuser("CREATE PUBLICATION everything FOR ALL TABLES");
        new JournalInstaller(database.login(), true).install();
        assertThat(schemas()).isEqualTo("1");
    }

    @Test
    void a_publication_of_the_still_empty_schema_refuses_the_journal() {
        database.asSuperuser(
                "CREATE SCHEMA nightshift AUTHORIZATION migrator",
                "CREATE PUBLICATION ours FOR TABLES IN SCHEMA nightshift");
        assertThatThrownBy(this::install)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("publication ours with tables of schema nightshift");
    }

    @Test
    void a_slot_that_decodes_every_table_refuses_the_journal() {
        String slot = "slot_" + database.name();
        database.asSuperuser("SELECT pg_create_logical_replication_slot('" + slot + "', 'test_decoding')");
        try {
            assertThatThrownBy(this::install)
                    .isInstanceOf(Permanent.class)
                    .hasMessageContaining("slot " + slot + " (test_decoding, every table)");
            assertThat(schemas()).isEqualTo("0");
        } finally {
            database.asSuperuser("SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }

    @Test
    void a_role_that_may_not_create_a_schema_is_told_what_to_grant() {
        database.asSuperuser("ALTER DATABASE " + database.name() + " OWNER TO postgres");
        assertThatThrownBy(this::install)
                .isInstanceOfSatisfying(
                        Permanent.class,
                        refused -> assertThat(refused.explanation().todo())
                                .contains("GRANT CREATE ON DATABASE " + database.name() + " TO migrator"));
        assertThat(schemas()).isEqualTo("0");
    }

    @Test
    void a_schema_of_another_role_is_refused() {
        database.asSuperuser("CREATE SCHEMA nightshift");
        assertThatThrownBy(this::install).isInstanceOf(Permanent.class).hasMessageContaining("belongs to another role");
    }

    @Test
    void a_schema_that_holds_something_else_is_refused() {
        database.execute("CREATE SCHEMA nightshift", "CREATE TABLE nightshift.moths (id int)");
        assertThatThrownBy(this::install)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("the journal cannot be installed");
        assertThat(database.texts("SELECT tablename FROM pg_tables WHERE schemaname = 'nightshift'"))
                .containsExactly("moths");
    }

    @Test
    void a_database_that_is_set_to_read_only_is_refused() {
        database.asSuperuser("ALTER DATABASE " + database.name() + " SET default_transaction_read_only = on");
        assertThatThrownBy(this::install).isInstanceOf(Permanent.class).hasMessageContaining("read-only");
        assertThat(schemas()).isEqualTo("0");
    }

    @Test
    void a_newer_journal_is_refused() {
        install();
        database.execute("UPDATE nightshift.schema_history SET version = '99' WHERE version = '1'");
        assertThatThrownBy(this::install)
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("newer (99) than this program (1)");
    }

    @Test
    void a_wrong_password_and_a_closed_port_are_told_apart() {
        Login wrong = database.login("not-the-password");
        assertThatThrownBy(() -> new JournalInstaller(wrong, false).install())
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("refused the login");
        Login nobody = new Login(List.of("127.0.0.1:1"), database.name(), "migrator", Optional.of("no"), Map.of());
        assertThatThrownBy(() -> new JournalInstaller(nobody, false).install())
                .isInstanceOf(Transient.class)
                .hasMessageContaining("does not answer");
    }

    private void install() {
        new JournalInstaller(database.login(), false).install();
    }

    private String schemas() {
        return database.text("SELECT count(*) FROM pg_namespace WHERE nspname = 'nightshift'");
    }
}
