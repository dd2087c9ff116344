package dev.nightshift.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void values_have_one_form_each() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("text", "a \"b\"\n\\ ü \u0007");
        values.put("real", 0.1);
        values.put("whole", 3.0);
        values.put("long", 9_007_199_254_740_993L);
        values.put("infinite", Double.POSITIVE_INFINITY);
        values.put("none", Optional.empty());
        values.put("some", Optional.of(List.of(1, true)));
        values.put("noLong", OptionalLong.empty());
        values.put("double", OptionalDouble.of(2.5));
        values.put("duration", Duration.ofMillis(1500));
        values.put("instant", Instant.parse("2026-03-02T01:00:00.123456Z"));
        values.put("empty", Map.of());

        assertThat(Json.line(values))
                .isEqualTo("{\"text\":\"a \\\"b\\\"\\n\\\\ ü \\u0007\",\"real\":0.1,\"whole\":3,"
                        + "\"long\":9007199254740993,\"infinite\":null,\"none\":null,\"some\":[1,true],\"noLong\":null,"
                        + "\"double\":2.5,\"duration\":1.5,\"instant\":\"2026-03-02T01:00:00.123Z\",\"empty\":{}}");
    }

    @Test
    void pretty_documents_are_indented() {
        assertThat(Json.pretty(Map.of("a", List.of(1, Map.of("b", "c"))))).isEqualTo("""
                {
                  "a": [
                    1,
                    {
                      "b": "c"
                    }
                  ]
                }""");
    }
}
