package dev.nightshift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.postgres.PreflightFacts.CronJobs;
import dev.nightshift.time.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowLookTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Window NIGHTLY = Window.opening("0 1 * * *", Duration.ofHours(4), PARIS, List.of());

    @Test
    void a_closed_window_tells_when_it_opens_and_how_long_that_is() {
        WindowLook evening = new WindowLook(NIGHTLY, PARIS, Instant.parse("2026-11-23T18:30:00Z"));

        assertThat(evening.untilOpen()).isEqualTo(Duration.ofMinutes(330));
        assertThat(evening.hours(jobs()).text())
                .isEqualTo("opens Tue 01:00 Europe/Paris (in 5 h 31 min), closes Tue 05:00 Europe/Paris");
    }

    @Test
    void an_open_window_tells_when_it_closes() {
        WindowLook night = new WindowLook(NIGHTLY, PARIS, Instant.parse("2026-11-24T00:30:00Z"));

        assertThat(night.untilOpen()).isZero();
        assertThat(night.hours(jobs()).text()).isEqualTo("open until Tue 05:00 Europe/Paris");
    }

    @Test
    void jobs_count_when_they_begin_in_the_window_and_when_their_schedule_is_no_cron_line() {
        WindowLook evening = new WindowLook(NIGHTLY, PARIS, Instant.parse("2026-11-23T18:30:00Z"));

        assertThat(evening.hours(jobs(
                                new CronJobs.Job("in it", "0 3 * * *"),
                                new CronJobs.Job("before it", "0 23 * * *"),
                                new CronJobs.Job("always", "30 seconds")))
                        .jobs())
                .containsExactly("in it (0 3 * * *)", "always (30 seconds)");
    }

    @Test
    void without_a_window_the_next_twelve_hours_count() {
        WindowLook now = new WindowLook(Window.always(), PARIS, Instant.parse("2026-11-23T18:30:00Z"));

        assertThat(now.hours(jobs(new CronJobs.Job("soon", "0 3 * * *"), new CronJobs.Job("later", "0 9 * * *"))))
                .satisfies(hours -> {
                    assertThat(hours.text()).isEqualTo("the plan names no hours");
                    assertThat(hours.jobs()).containsExactly("soon (0 3 * * *)");
                });
    }

    private static CronJobs jobs(CronJobs.Job... jobs) {
        return new CronJobs(List.of(jobs), false);
    }
}
