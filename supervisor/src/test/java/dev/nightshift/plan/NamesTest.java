package dev.nightshift.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamesTest {

    @Test
    void a_table_folds_as_sql_does_unless_quoted() {
        assertThat(TableName.parse("public.Orders")).isEqualTo(new TableName("public", "orders"));
        assertThat(TableName.parse("\"Shop\".\"Big \"\"Orders\"\"\""))
                .isEqualTo(new TableName("Shop", "Big \"Orders\""));
        assertThat(TableName.parse("größe.\"a.b\"")).isEqualTo(new TableName("größe", "a.b"));
    }

    @Test
    void a_table_is_written_back_so_that_it_means_the_same() {
        for (String text : List.of("public.orders", "\"Shop\".\"Big \"\"Orders\"\"\"", "a.\"select\"")) {
            TableName table = TableName.parse(text);
            assertThat(TableName.parse(table.quoted())).isEqualTo(table);
            assertThat(TableName.parse(table.toString())).isEqualTo(table);
        }
        assertThat(new TableName("public", "orders").quoted()).isEqualTo("\"public\".\"orders\"");
        assertThat(new TableName("public", "orders")).hasToString("public.orders");
    }

    @Test
    void refuses_what_is_no_qualified_name() {
        for (String text :
                List.of("orders", "a.b.c", "a.", ".b", "a b.c", "1a.b", "\"a.b", "a.b; drop", "", "a.\"\"")) {
            assertThatIllegalArgumentException()
                    .as(text)
                    .isThrownBy(() -> TableName.parse(text))
                    .withMessageContaining("expected a table with its schema");
        }
    }

    @Test
    void refuses_a_name_that_postgresql_would_cut_off() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identifier.parse("a".repeat(64)))
                .withMessageContaining("found 64 bytes");
        assertThatIllegalArgumentException().isThrownBy(() -> Identifier.parse("é".repeat(32)));
        assertThat(Identifier.parse("a".repeat(63)).name()).hasSize(63);
    }

    @Test
    void only_ascii_letters_fold() {
        assertThat(Identifier.parse("ÄB").name()).isEqualTo("Äb");
    }
}
