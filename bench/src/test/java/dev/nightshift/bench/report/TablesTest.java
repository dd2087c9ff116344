package dev.nightshift.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TablesTest {
    private static final Table TABLE =
            new Table(List.of("policy", "s"), List.of(List.of("update", "1.5"), List.of("a|b", "failed")));

    @Test
    void a_terminal_gets_columns_and_figures_to_the_right() {
        assertThat(TABLE.text()).isEqualTo("policy       s\nupdate     1.5\na|b     failed\n");
    }

    @Test
    void markdown_keeps_its_columns_whatever_a_cell_holds() {
        assertThat(TABLE.markdown())
                .isEqualTo("| policy | s |\n| --- | ---: |\n| update | 1.5 |\n| a\\|b | failed |\n");
    }

    @Test
    void json_has_texts_numbers_lists_and_objects() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("text", "a \"b\"\\\n");
        all.put("number", 1.25);
        all.put("whole", 3L);
        all.put("nothing", Double.NaN);
        all.put("list", List.of(true, Map.of("x", 2.0)));
        assertThat(Json.of(all).replaceAll("\\s+", " "))
                .isEqualTo("{ \"text\": \"a \\\"b\\\"\\\\\\u000a\", \"number\": 1.25, \"whole\": 3, \"nothing\": null,"
                        + " \"list\": [ true, { \"x\": 2 } ] } ");
    }
}
