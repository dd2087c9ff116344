package dev.nightshift.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.time.Outlook.Piece;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutlookTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Window NIGHTLY = Window.opening("0 1 * * *", Duration.ofHours(4), PARIS, List.of());

    /** Tuesday 02:00 in Paris, three hours before the window closes. */
    private static final Instant NOW = Instant.parse("2026-11-24T01:00:00Z");

    @Test
    void what_fits_into_the_present_window_is_done_in_it() {
        Outlook outlook = outlook(rows("fill", 2.0, 2.0));

        assertThat(outlook.sentence()).isEqualTo("done about Tue 04:00, in this window");
        assertThat(outlook.latest()).contains(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(outlook.windows()).isZero();
    }

    @Test
    void the_days_between_the_windows_do_not_count() {
        Outlook outlook = outlook(rows("fill", 3 + 4 + 2.2, 3 + 4 + 2.2));

        assertThat(outlook.sentence()).isEqualTo("done about Thu 03:12, in the second window from now");
        assertThat(outlook.windows()).isEqualTo(2);
    }

    @Test
    void two_paces_that_differ_make_a_range() {
        Outlook outlook = outlook(rows("fill", 2, 5));

        assertThat(outlook.sentence())
                .isEqualTo("done between Tue 04:00 (this window) and Wed 03:00 (the next window)");
        assertThat(outlook.earliest()).contains(Instant.parse("2026-11-24T03:00:00Z"));
        assertThat(outlook.latest()).contains(Instant.parse("2026-11-25T02:00:00Z"));
    }

    @Test
    void what_cannot_pause_waits_for_a_window_in_which_it_fits_whole() {
        Outlook outlook = outlook(rows("fill", 2, 2), whole("index", 1.5));

        assertThat(outlook.sentence()).isEqualTo("done about Wed 02:30, in the next window");
    }

    @Test
    void what_fits_in_no_window_is_never_done() {
        Outlook outlook = outlook(rows("fill", 2, 2), whole("index", 4.5));

        assertThat(outlook.latest()).isEmpty();
        assertThat(outlook.sentence()).isEqualTo("never: step index takes 4 h 30 min, and no window is that long");
    }

    @Test
    void what_nobody_can_count_is_named() {
        Outlook outlook = Outlook.of(
                NOW, NIGHTLY, PARIS, List.of(rows("fill", 1, 1)), List.of("index (no forecast)", "check (verifies)"));

        assertThat(outlook.sentence())
                .isEqualTo("done about Tue 03:00, in this window; not counted: index (no forecast), check (verifies)");
    }

    @Test
    void without_a_window_only_time_counts() {
        Outlook outlook = Outlook.of(NOW, Window.always(), PARIS, List.of(rows("fill", 30, 30)), List.of());

        assertThat(outlook.sentence()).isEqualTo("done about Wed 08:00");
    }

    @Test
    void a_window_that_is_closed_now_opens_next() {
        Instant noon = Instant.parse("2026-11-24T11:00:00Z");

        assertThat(Outlook.of(noon, NIGHTLY, PARIS, List.of(rows("fill", 1, 1)), List.of())
                        .sentence())
                .isEqualTo("done about Wed 02:00, in the next window");
    }

    /** On 29 March the clocks go from 02:00 to 03:00; four hours from 01:00 end at 06:00 on the wall. */
    @Test
    void a_change_of_the_clocks_moves_the_date_and_not_the_work() {
        Instant evening = Instant.parse("2026-03-28T20:00:00Z");

        assertThat(Outlook.of(evening, NIGHTLY, PARIS, List.of(rows("fill", 3.5, 3.5)), List.of())
                        .sentence())
                .isEqualTo("done about Sun 05:30, in the next window");
    }

    @Test
    void a_date_that_is_far_away_has_its_day() {
        Outlook outlook = outlook(rows("fill", 3 + 9 * 4 + 1, 3 + 9 * 4 + 1));

        assertThat(outlook.sentence()).isEqualTo("done about Fri 2026-12-04 02:00, in the 10th window from now");
    }

    private static Outlook outlook(Piece... pieces) {
        return Outlook.of(NOW, NIGHTLY, PARIS, List.of(pieces), List.of());
    }

    private static Piece rows(String step, double least, double most) {
        return new Piece.Divisible(step, hours(least), hours(most));
    }

    private static Piece whole(String step, double takes) {
        return new Piece.Whole(step, hours(takes), hours(takes));
    }

    private static Duration hours(double hours) {
        return Duration.ofMinutes(Math.round(hours * 60));
    }
}
