package dev.nightshift.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlywayReasonTest {

    @Test
    void keeps_the_finding_and_leaves_advice_and_links_out() {
        assertThat(FlywayReason.of("""
                        Migration checksum mismatch for migration version 1
                        -> Applied to database : 123
                        -> Resolved locally    : 456
                        Either revert the changes to the migration, or run repair to update the schema history.
                        Need more flexibility with validation rules? Learn more: https://example.org/x
                        """))
                .isEqualTo("Migration checksum mismatch for migration version 1, Applied to database : 123,"
                        + " Resolved locally : 456");
    }

    @Test
    void cuts_what_nobody_reads_to_its_end() {
        assertThat(FlywayReason.of("word ".repeat(200))).hasSizeLessThan(310).endsWith(" …");
    }
}
