package dev.nightshift.guards.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.flow.Past;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What one file of a set of migrations proves for those after it. */
class PastTest {
    private static final String PROMISE = "ALTER TABLE shop.t ADD CONSTRAINT k CHECK (a IS NOT NULL) NOT VALID";
    private static final String PROVE = "ALTER TABLE shop.t VALIDATE CONSTRAINT k";
    private static final String TELL = "ALTER TABLE shop.t ALTER a SET NOT NULL";

    @Test
    void a_constraint_validated_in_an_earlier_file_proves_not_null_in_a_later_one() {
        assertThat(last("COL-SET-NOT-NULL", Catalog.unknown(), PROMISE, PROVE, TELL))
                .isEmpty();
        assertThat(last("CON-VALIDATE-SAME-TXN", Catalog.unknown(), PROMISE, PROVE))
                .isEmpty();
    }

    @Test
    void without_the_validation_or_with_the_constraint_dropped_nothing_is_proven() {
        assertThat(last("COL-SET-NOT-NULL", Catalog.unknown(), PROMISE, TELL)).hasSize(1);
        assertThat(last(
                        "COL-SET-NOT-NULL",
                        Catalog.unknown(),
                        PROMISE,
                        PROVE,
                        "ALTER TABLE shop.t DROP CONSTRAINT k",
                        TELL))
                .hasSize(1);
        assertThat(last("COL-SET-NOT-NULL", Catalog.unknown(), PROMISE, "BEGIN; " + PROVE + "; ROLLBACK", TELL))
                .hasSize(1);
    }

    @Test
    void a_table_of_an_earlier_file_is_new_only_when_the_database_says_that_it_is_not_there() {
        String make = "CREATE TABLE shop.fresh (a int)";
        String index = "CREATE INDEX i ON shop.fresh (a)";
        assertThat(last("IDX-CREATE-NONCONCURRENT", Catalog.unknown(), make, index))
                .hasSize(1);
        assertThat(last("IDX-CREATE-NONCONCURRENT", new FakeCatalog(), make, index))
                .isEmpty();
        assertThat(last("IDX-CREATE-NONCONCURRENT", new FakeCatalog().table("fresh"), make, index))
                .hasSize(1);
        assertThat(last("IDX-CREATE-NONCONCURRENT", new FakeCatalog(), make, "DROP TABLE shop.fresh", index))
                .hasSize(1);
    }

    @Test
    void a_setting_ends_with_its_file_and_a_column_that_clients_may_have_seen_is_not_the_files_own() {
        assertThat(last("TXN-LOCK-TIMEOUT-MISSING", Catalog.unknown(), "SET lock_timeout = '1s'", TELL))
                .hasSize(1);
        assertThat(last("COL-DROP", Catalog.unknown(), "ALTER TABLE shop.t ADD b int", "ALTER TABLE shop.t DROP b"))
                .hasSize(1);
    }

    private static List<LintFinding> last(String rule, Catalog catalog, String... files) {
        Past past = new Past();
        List<LintFinding> found = List.of();
        for (String file : files) {
            found = Linting.lint(file, catalog, past);
        }
        return Linting.of(rule, found);
    }
}
