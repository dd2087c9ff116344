package dev.nightshift.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Window WEEKNIGHTS = window("0 1 * * 1-5", Duration.ofHours(4));

    @Test
    void is_open_from_its_opening_until_its_length_is_over() {
        assertThat(WEEKNIGHTS.isOpen(at("2026-11-22T23:59:59.999Z"))).isFalse();
        assertThat(WEEKNIGHTS.isOpen(at("2026-11-23T00:00:00Z"))).isTrue();
        assertThat(WEEKNIGHTS.isOpen(at("2026-11-23T03:59:59.999Z"))).isTrue();
        assertThat(WEEKNIGHTS.isOpen(at("2026-11-23T04:00:00Z"))).isFalse();
    }

    @Test
    void says_when_it_opens_next_and_when_it_closes() {
        assertThat(WEEKNIGHTS.nextOpening(at("2026-11-20T12:00:00Z"))).contains(at("2026-11-23T00:00:00Z"));
        assertThat(WEEKNIGHTS.nextOpening(at("2026-11-23T00:00:00Z"))).contains(at("2026-11-24T00:00:00Z"));
        assertThat(WEEKNIGHTS.closesAt(at("2026-11-23T02:00:00Z"))).contains(at("2026-11-23T04:00:00Z"));
        assertThat(WEEKNIGHTS.closesAt(at("2026-11-23T04:00:00Z"))).isEmpty();
    }

    @Test
    void without_a_window_it_is_always_open() {
        assertThat(Window.always().isOpen(Instant.EPOCH)).isTrue();
        assertThat(Window.always().nextOpening(Instant.EPOCH)).isEmpty();
        assertThat(Window.always().closesAt(Instant.EPOCH)).isEmpty();
    }

    @Test
    void does_not_open_on_an_excepted_date() {
        Window window = Window.opening(
                "0 1 * * *", Duration.ofHours(4), PARIS, List.of(Days.parse("2026-12-24"), Days.parse("2026-12-25")));

        assertThat(window.isOpen(at("2026-12-24T01:00:00Z"))).isFalse();
        assertThat(window.nextOpening(at("2026-12-23T12:00:00Z"))).contains(at("2026-12-26T00:00:00Z"));
    }

    @Test
    void does_not_open_on_any_day_of_an_excepted_range() {
        Window window =
                Window.opening("0 1 * * *", Duration.ofHours(4), PARIS, List.of(Days.parse("2026-12-20..2027-01-03")));

        assertThat(window.nextOpening(at("2026-12-19T12:00:00Z"))).contains(at("2027-01-04T00:00:00Z"));
        assertThat(window.isOpen(at("2026-12-19T01:00:00Z"))).isTrue();
        assertThat(window.isOpen(at("2026-12-20T01:00:00Z"))).isFalse();
        assertThat(window.isOpen(at("2027-01-03T01:00:00Z"))).isFalse();
        assertThat(window.skipped(at("2026-12-19T12:00:00Z"), at("2027-01-04T00:00:00Z")))
                .containsExactly(Days.parse("2026-12-20..2027-01-03"));
        assertThat(window.skipped(at("2027-01-04T00:00:00Z"), at("2027-02-04T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void an_exception_on_which_the_cron_line_would_not_open_skips_nothing() {
        Window weekdays = Window.opening(
                "0 1 * * 1-5", Duration.ofHours(4), PARIS, List.of(Days.parse("2026-11-21..2026-11-22")));

        assertThat(weekdays.skipped(at("2026-11-20T12:00:00Z"), at("2026-11-30T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void an_opening_before_midnight_lasts_into_an_excepted_date() {
        Window window = Window.opening("0 22 * * *", Duration.ofHours(6), PARIS, List.of(Days.parse("2026-12-24")));

        assertThat(window.isOpen(at("2026-12-24T01:00:00Z"))).isTrue();
        assertThat(window.isOpen(at("2026-12-24T22:00:00Z"))).isFalse();
    }

    @Test
    void in_spring_an_opening_in_the_skipped_hour_happens_at_the_change() {
        Window window = window("30 2 * * *", Duration.ofHours(2));

        assertThat(window.nextOpening(at("2026-03-28T12:00:00Z"))).contains(at("2026-03-29T01:00:00Z"));
        assertThat(window.isOpen(at("2026-03-29T00:59:59Z"))).isFalse();
        assertThat(window.isOpen(at("2026-03-29T01:00:00Z"))).isTrue();
        assertThat(window.closesAt(at("2026-03-29T01:00:00Z"))).contains(at("2026-03-29T03:00:00Z"));
        assertThat(window.nextOpening(at("2026-03-29T01:00:00Z"))).contains(at("2026-03-30T00:30:00Z"));
    }

    @Test
    void in_autumn_an_opening_in_the_repeated_hour_happens_the_first_time_only() {
        Window window = window("30 2 * * *", Duration.ofMinutes(20));

        assertThat(window.nextOpening(at("2026-10-24T12:00:00Z"))).contains(at("2026-10-25T00:30:00Z"));
        assertThat(window.isOpen(at("2026-10-25T00:30:00Z"))).isTrue();
        assertThat(window.isOpen(at("2026-10-25T01:30:00Z"))).as("02:30 again").isFalse();
        assertThat(window.nextOpening(at("2026-10-25T00:30:00Z"))).contains(at("2026-10-26T01:30:00Z"));
    }

    @Test
    void in_the_second_pass_of_the_repeated_hour_it_remembers_an_opening_later_in_the_first() {
        Window window = window("45 2 * * *", Duration.ofMinutes(40));

        assertThat(window.isOpen(at("2026-10-25T01:05:00Z")))
                .as("02:05 again, 20 min after 02:45")
                .isTrue();
        assertThat(window.closesAt(at("2026-10-25T01:05:00Z"))).contains(at("2026-10-25T01:25:00Z"));
    }

    @Test
    void lengths_are_real_time_over_both_changes() {
        Window window = window("0 1 * * *", Duration.ofHours(4));

        assertThat(window.closesAt(at("2026-03-29T00:30:00Z"))).contains(at("2026-03-29T04:00:00Z"));
        assertThat(window.closesAt(at("2026-10-25T00:30:00Z"))).contains(at("2026-10-25T03:00:00Z"));
    }

    @Test
    void every_opening_of_a_year_happens_exactly_once() {
        for (String cron : List.of("30 2 * * *", "0 2 * * *", "0 3 * * *", "59 1 * * *")) {
            Window window = window(cron, Duration.ofHours(1));
            List<Instant> openings = new ArrayList<>();
            Instant next = window.nextOpening(at("2025-12-31T23:00:00Z").minusMillis(1))
                    .orElseThrow();
            while (next.isBefore(at("2026-12-31T23:00:00Z"))) {
                openings.add(next);
                next = window.nextOpening(next).orElseThrow();
            }
            assertThat(openings).as(cron).hasSize(365).doesNotHaveDuplicates();
            assertThat(openings).as(cron).allSatisfy(opening -> {
                assertThat(window.isOpen(opening)).isTrue();
                assertThat(window.isOpen(opening.minusMillis(1))).isFalse();
                assertThat(window.isOpen(opening.plus(Duration.ofHours(1)))).isFalse();
            });
        }
    }

    @Test
    void openings_that_overlap_close_together() {
        Window window = window("0 1,3 * * *", Duration.ofHours(3));

        assertThat(window.closesAt(at("2026-11-23T00:30:00Z"))).contains(at("2026-11-23T05:00:00Z"));
        assertThat(window("0 * * * *", Duration.ofHours(1)).closesAt(at("2026-11-23T00:30:00Z")))
                .as("hour follows hour without end")
                .isEmpty();
    }

    @Test
    void a_day_of_month_and_a_day_of_week_mean_either_as_in_cron() {
        Window window = window("0 1 13 * 5", Duration.ofHours(1));

        assertThat(window.nextOpening(at("2026-11-20T12:00:00Z"))).contains(at("2026-11-27T00:00:00Z"));
        assertThat(window.nextOpening(at("2026-12-11T12:00:00Z"))).contains(at("2026-12-13T00:00:00Z"));
    }

    @Test
    void sunday_is_0_and_7() {
        assertThat(window("0 1 * * 0", Duration.ofHours(1)).nextOpening(at("2026-11-20T12:00:00Z")))
                .contains(at("2026-11-22T00:00:00Z"));
        assertThat(window("0 1 * * 7", Duration.ofHours(1)).nextOpening(at("2026-11-20T12:00:00Z")))
                .contains(at("2026-11-22T00:00:00Z"));
    }

    @Test
    void refuses_what_is_no_cron_line_or_never_comes_true() {
        for (String cron : List.of(
                "",
                "1 2 3",
                "61 * * * *",
                "* * * * * *",
                "often",
                "@daily",
                "|",
                "0 1 * * 1||0 2 * * 1",
                "0 1 * * */0",
                "0 1 * * 9",
                "0 1 31 2 *")) {
            assertThatIllegalArgumentException()
                    .as(cron)
                    .isThrownBy(() -> window(cron, Duration.ofHours(1)))
                    .withMessageContaining("expected a cron line")
                    .withMessageContaining("'" + cron + "'");
        }
    }

    @Test
    void any_text_is_a_cron_line_or_a_problem() {
        long seed = Long.getLong("nightshift.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 3_000; i++) {
            StringBuilder cron = new StringBuilder("0 1 * * 1-5");
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(cron.length());
                cron.replace(at, at + random.nextInt(2), "" + "0123456789*,/-|?L#W @MONx".charAt(random.nextInt(25)));
            }
            try {
                assertThat(window(cron.toString(), Duration.ofHours(1)).nextOpening(at("2026-01-01T00:00:00Z")))
                        .isPresent();
            } catch (IllegalArgumentException e) {
                assertThat(e).as("seed " + seed + ", '" + cron + "'").hasMessageStartingWith("expected a cron line");
            }
        }
    }

    @Test
    void refuses_a_length_that_is_none() {
        assertThatThrownBy(() -> window("0 1 * * *", Duration.ZERO)).hasMessageContaining("expected a length");
        assertThatThrownBy(() -> window("0 1 * * *", Duration.ofDays(8))).hasMessageContaining("expected a length");
    }

    private static Window window(String opens, Duration lasts) {
        return Window.opening(opens, lasts, PARIS, List.of());
    }

    private static Instant at(String instant) {
        return Instant.parse(instant);
    }
}
