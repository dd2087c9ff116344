package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void reads_back_what_it_wrote() {
        Map<String, Object> value =
                Map.of("name", "a \"quoted\" \\ name\nand\u0001 ünïcode", "list", List.of(1L, -2L, true, List.of()));
        assertThat(Json.read(Json.write(value))).isEqualTo(value);
    }

    @Test
    void reads_escapes_and_blanks_of_others() {
        assertThat(Json.read(" { \"a\" :\t[ \"\\u0041\\n\\/\" , false ] } "))
                .isEqualTo(Map.of("a", List.of("A\n/", false)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":}", "[1,]", "[1 2]", "\"a", "\"\\x\"", "\"\\u00", "{\"a\":1}x", "nul"})
    void refuses_what_is_no_json(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Json.read(text));
    }
}
