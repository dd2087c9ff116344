package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which histories and files are refused, and what a baseline takes as applied. */
@Timeout(120)
class FlywayHistoryIT extends MigrationScene {

    FlywayHistoryIT(@TempDir Path folder) {
        super(folder);
    }

    @Test
    void a_changed_a_missing_and_a_late_file_are_refused_in_a_sentence() {
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN three int;");
        migrate("3");
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN tree int;");
        refused("checksum mismatch for migration version 3");
        file("V3__three.sql", "ALTER TABLE orders ADD COLUMN three int;");
        file("V2__late.sql", "ALTER TABLE orders ADD COLUMN two int;");
        refused("Detected resolved migration not applied to database: 2");
        delete("V2__late.sql");
        delete("V1__orders.sql");
        refused("Detected applied migration not resolved locally: 1");
    }

    @Test
    void a_failed_migration_of_others_an_unknown_target_and_a_foreign_schema_are_refused() {
        database.execute("CREATE TABLE already_here ()");
        assertThatThrownBy(() -> migrate("1"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("there are tables but no history of Flyway");
        database.execute("DROP TABLE already_here");
        migrate("1");
        assertThatThrownBy(() -> migrate("7"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("No migration with a target version 7");
        database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) VALUES (9, '2', 'x', 'SQL', 'V2__x.sql', 'me', 1, false)");
        assertThatThrownBy(() -> migrate("1"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("migration V2__x.sql failed before, outside this run");
    }

    @Test
    void tables_without_a_history_are_refused_with_the_key_that_would_accept_them() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        assertThatThrownBy(() -> migrate("2"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().lines())
                                .anyMatch(line -> line.contains("no history of Flyway"))
                                .anyMatch(line -> line.contains("baseline: \"VERSION\"")));
        assertThat(problems(""))
                .singleElement()
                .satisfies(problem -> assertThat(problem.todo()).contains("baseline"));
        assertThat(problems(", baseline: 1")).isEmpty();
    }

    @Test
    void tables_without_a_history_have_the_baseline_and_get_what_comes_after_it() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        migrate(new SchemaStep("expand", List.of(folder), Optional.of("2"), Optional.of("1")), 30);
        assertThat(history()).containsExactly("<< Flyway Baseline >> true", "V2__two.sql true");
        assertThat(problems("")).isEmpty();
    }

    @Test
    void an_empty_schema_gets_every_migration_whatever_its_baseline() {
        migrate(new SchemaStep("expand", List.of(folder), Optional.of("1"), Optional.of("1")), 30);
        assertThat(history()).containsExactly("V1__orders.sql true");
    }

    @Test
    void nothing_is_taken_as_applied_without_a_permit() {
        database.execute("CREATE TABLE orders (id bigint PRIMARY KEY, note text)");
        file("V2__two.sql", "ALTER TABLE orders ADD COLUMN two int;");
        permit("-infinity");
        SchemaStep step = new SchemaStep("expand", List.of(folder), Optional.of("2"), Optional.of("1"));
        var migrating = java.util.concurrent.CompletableFuture.runAsync(() -> migrate(step, 30));
        await(() -> !database.texts("SELECT pid FROM pg_stat_activity WHERE " + OURS)
                .isEmpty());
        assertThat(database.text("SELECT to_regclass('flyway_schema_history') IS NULL"))
                .isEqualTo("true");
        permit("infinity");
        migrating.join();
        assertThat(history()).hasSize(2);
    }

    private void refused(String reason) {
        assertThatThrownBy(() -> migrate("3"))
                .isInstanceOfSatisfying(
                        Permanent.class,
                        failed -> assertThat(failed.explanation().what())
                                .containsIgnoringCase(reason)
                                .doesNotContain("repair", "http"));
    }

    private List<Explanation> problems(String keys) {
        String plan = "nightshift: 1\nname: p\ndatabase: {url: \"postgresql://m@localhost/shop\"}\nreplicas: none\n"
                + "backup: none\nsteps:\n  - schema: {name: expand, locations: [" + folder + "]" + keys + "}\n";
        PlanReading reading = PlanReader.read("p.yaml", plan, folder);
        return new SchemaChecks(database.login()).problems(((PlanReading.Accepted) reading).plan());
    }

    private void delete(String name) {
        try {
            Files.delete(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
