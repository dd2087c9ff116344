package dev.nightshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nightshift.sandbox.Binaries;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class DemoOptionsTest {
    @Test
    void nothing_said_is_the_success_story_with_any_seed() {
        DemoOptions options = DemoOptions.parse();
        assertThat(options.scenario()).isEqualTo(Scenario.SUCCESS);
        assertThat(options.postgres()).isEqualTo(Binaries.Source.ANY);
        assertThat(options.seed()).isNotNegative();
    }

    @Test
    void options_are_read_with_a_blank_or_an_equals_sign() {
        assertThat(DemoOptions.parse(
                        "--scenario",
                        "abort",
                        "--rows=50000",
                        "--seed",
                        "7",
                        "--postgres=bundled",
                        "--metrics-port",
                        "9187",
                        "--page-port=8443"))
                .isEqualTo(new DemoOptions(
                        Scenario.ABORT,
                        50_000,
                        7,
                        Binaries.Source.BUNDLED,
                        OptionalInt.of(9187),
                        OptionalInt.of(8443)));
    }

    @Test
    void a_mistake_is_named_with_what_was_expected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--rows", "many"))
                .withMessage("--rows: expected a whole number from 10000 to 50000000, found 'many'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--scenario", "party"))
                .withMessage("--scenario: expected success or abort, found 'party'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--sead", "1"))
                .withMessageContaining("found '--sead'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DemoOptions.parse("--postgres"))
                .withMessage("--postgres: expected system or bundled, found ''");
    }
}
