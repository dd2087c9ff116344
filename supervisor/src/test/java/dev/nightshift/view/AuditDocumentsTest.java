package dev.nightshift.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.view.AuditTrail.Position;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditDocumentsTest {

    @Test
    void csv_is_quoted_and_nothing_in_it_is_a_formula() {
        List<String> lines = Views.audit().stream().map(AuditDocuments::csv).toList();

        assertThat(AuditDocuments.csvHead())
                .startsWith("id,at,database,run,plan,")
                .endsWith(",refused\r\n");
        assertThat(lines).allSatisfy(line -> assertThat(line).endsWith("\r\n"));
        assertThat(lines.get(1)).contains(",\"deploy, then \"\"lunch\"\"\",");
        assertThat(lines.get(2)).contains(",\"'=HYPERLINK(\"\"x\"\")\",");
        assertThat(lines.get(3)).contains(",\"over\",\"\",\"\",\"false\"");
        assertThat(lines.get(4)).contains(",\"shop\",\"\",\"\",\"\",\"thaw\",");
        int columns = AuditDocuments.csvHead().split(",", -1).length;
        assertThat(lines.get(0).split("\",\"", -1)).hasSize(columns);
    }

    @Test
    void an_entry_is_one_line_of_a_versioned_document() {
        assertThat(Json.line(AuditDocuments.entry("shop", Views.audit().get(1))))
                .startsWith("{\"apiVersion\":\"nightshift.dev/v1\",\"kind\":\"AuditEntry\",\"id\":\"intent/17\",")
                .contains("\"via\":\"api\"", "\"role\":\"migrator\"", "\"address\":null", "\"refused\":false");
    }

    @Test
    void a_position_is_read_as_it_was_written_and_nothing_else_is() {
        Position place = new Position(Instant.parse("2026-03-02T01:31:14.123456Z"), "intent/17");

        assertThat(Position.parse(place.toString())).isEqualTo(place);
        for (String other : List.of("", "1", "1_x/2", "1_intent/1;--", "99999999999999999999_intent/1")) {
            assertThatThrownBy(() -> Position.parse(other)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
