package dev.nightshift.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.time.OpenTimes.Reached;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenTimesTest {

    private static final Window NIGHTLY =
            Window.opening("0 22 * * *", Duration.ofHours(4), ZoneId.of("UTC"), List.of(Days.parse("2026-11-25")));

    @Test
    void only_open_time_passes() {
        assertThat(OpenTimes.passed(NIGHTLY, at("2026-11-23T12:00:00Z"), at("2026-11-24T12:00:00Z")))
                .isEqualTo(Duration.ofHours(4));
        assertThat(OpenTimes.passed(NIGHTLY, at("2026-11-23T23:00:00Z"), at("2026-11-24T01:00:00Z")))
                .isEqualTo(Duration.ofHours(2));
        assertThat(OpenTimes.passed(NIGHTLY, at("2026-11-23T12:00:00Z"), at("2026-11-23T13:00:00Z")))
                .isZero();
        assertThat(OpenTimes.passed(Window.always(), at("2026-11-23T12:00:00Z"), at("2026-11-23T13:00:00Z")))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void work_goes_on_from_window_to_window_and_over_an_exception() {
        assertThat(OpenTimes.reach(NIGHTLY, at("2026-11-23T23:00:00Z"), Duration.ofHours(8)))
                .contains(new Reached(at("2026-11-26T23:00:00Z"), 2));
    }

    @Test
    void work_in_one_piece_begins_where_it_fits() {
        assertThat(OpenTimes.fit(NIGHTLY, at("2026-11-23T23:00:00Z"), Duration.ofHours(3)))
                .contains(new Reached(at("2026-11-24T02:00:00Z"), 0));
        assertThat(OpenTimes.fit(NIGHTLY, at("2026-11-23T23:00:01Z"), Duration.ofHours(3)))
                .contains(new Reached(at("2026-11-25T01:00:00Z"), 1));
        assertThat(OpenTimes.fit(NIGHTLY, at("2026-11-23T23:00:00Z"), Duration.ofHours(5)))
                .isEmpty();
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
