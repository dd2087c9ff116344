package dev.nightshift.bench.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    private static final List<String> KNOWN = List.of("--rows", "--kind");
    private static final String[] KINDS = {"a", "b"};

    @Test
    void reads_values_behind_a_space_and_behind_an_equals_sign() {
        Options options = Options.parse(KNOWN, "--rows", "12", "--kind=b,a");
        assertThat(options.number("--rows", 1, 1, 100)).isEqualTo(12);
        assertThat(options.choices("--kind", KINDS, kind -> kind)).containsExactly("b", "a");
    }

    @Test
    void what_is_not_given_has_its_usual_value() {
        Options options = Options.parse(KNOWN);
        assertThat(options.number("--rows", 7, 10, 100)).isEqualTo(7);
        assertThat(options.choice("--kind", "b", KINDS, kind -> kind)).isEqualTo("b");
        assertThat(options.choices("--kind", KINDS, kind -> kind)).containsExactly("a", "b");
    }

    @Test
    void a_mistake_is_said_with_what_was_expected() {
        refused("expected one of --rows, --kind, found '--row'", "--row", "1");
        refused("--rows: expected a value, found none", "--rows");
        refused("--rows: expected once, found twice", "--rows", "1", "--rows", "2");
        refused("--rows: expected a whole number from 1 to 100, found 'ten'", "--rows", "ten");
        refused("--rows: expected a whole number from 1 to 100, found '101'", "--rows", "101");
        refused("--kind: expected one of a, b, found 'c'", "--rows", "1", "--kind", "a,c");
    }

    @Test
    void a_rate_is_bits_in_and_bytes_out() {
        assertThat(LinkRate.parse("80Mbit").bytesPerSecond()).isEqualTo(OptionalLong.of(10_000_000));
        assertThat(LinkRate.parse("500kbit/s")).hasToString("0.5 Mbit/s");
        assertThat(LinkRate.parse("80Mbit")).hasToString("80 Mbit/s");
        assertThat(LinkRate.parse("1Gbit")).hasToString("1000 Mbit/s");
        assertThat(LinkRate.parse(LinkRate.parse("500kbit").word())).isEqualTo(LinkRate.parse("500kbit"));
        assertThat(LinkRate.parse("unlimited").bytesPerSecond()).isEmpty();
        assertThatThrownBy(() -> LinkRate.parse("80")).hasMessageContaining("found '80'");
        assertThatThrownBy(() -> LinkRate.parse("0Mbit")).hasMessageContaining("found '0Mbit'");
    }

    private static void refused(String why, String... words) {
        assertThatThrownBy(() -> {
                    Options options = Options.parse(KNOWN, words);
                    options.number("--rows", 1, 1, 100);
                    options.choices("--kind", KINDS, kind -> kind);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
