package dev.nightshift.bench.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.nightshift.bench.footprint.Line.Point;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FootprintTest {
    @Test
    void a_line_goes_through_points_that_lie_on_one() {
        Line line = Line.through(List.of(new Point(1, 5), new Point(2, 7), new Point(4, 11)));
        assertThat(line.at(100)).isCloseTo(203, within(1e-9));
    }

    @Test
    void a_line_is_as_near_as_can_be_to_points_that_do_not() {
        Line line = Line.through(List.of(new Point(0, 0), new Point(1, 3), new Point(2, 0)));
        assertThat(line).isEqualTo(new Line(1, 0));
    }

    @Test
    void what_seems_to_shrink_with_the_size_has_not_grown() {
        assertThat(Line.through(List.of(new Point(1, 4), new Point(3, 2))).at(1e6))
                .isEqualTo(3);
    }

    @Test
    void gaps_are_counted_for_each_database_and_a_look_seen_twice_is_one() {
        Looks looks = new Looks();
        looks.saw("a", Instant.ofEpochMilli(0));
        looks.saw("b", Instant.ofEpochMilli(500));
        looks.saw("a", Instant.ofEpochMilli(0));
        looks.saw("a", Instant.ofEpochMilli(1_000));
        looks.saw("b", Instant.ofEpochMilli(2_500));
        assertThat(looks.gaps().p50()).isEqualTo(1);
        assertThat(looks.gaps().max()).isEqualTo(2);
    }

    @Test
    void two_sizes_are_too_few_to_extrapolate_from() {
        assertThatThrownBy(() -> FootprintOptions.parse("--rows", "1000,2000")).hasMessageContaining("three sizes");
        assertThatThrownBy(() -> FootprintOptions.parse("--databases", "1,none"))
                .hasMessageContaining("found 'none'");
        assertThat(FootprintOptions.parse("--databases", "10,1").databases()).containsExactly(1, 10);
    }
}
