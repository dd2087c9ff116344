package dev.nightshift.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.demo.BadLink.Spell;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class BadLinkTest {
    @Test
    void the_same_seed_strikes_at_the_same_moment_and_others_elsewhere() {
        assertThat(Spell.of(Scenario.SUCCESS, 7)).isEqualTo(Spell.of(Scenario.SUCCESS, 7));
        assertThat(LongStream.range(0, 50)
                        .mapToObj(seed -> Spell.of(Scenario.SUCCESS, seed))
                        .distinct())
                .hasSize(50)
                .allSatisfy(spell -> assertThat(spell.afterShare()).isBetween(0.15, 0.5));
    }

    @Test
    void rates_are_written_in_megabits() {
        assertThat(BadLink.megabits(10_000_000)).isEqualTo("80 Mbit/s");
        assertThat(BadLink.megabits(100_000)).isEqualTo("0.8 Mbit/s");
    }
}
