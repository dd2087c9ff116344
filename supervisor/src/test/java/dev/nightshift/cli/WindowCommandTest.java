package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowCommandTest {

    private static final String PLAN = """
            nightshift: 1
            name: orders
            replicas: none
            window: {opens: "30 2 * * *", lasts: 4h, zone: Europe/Paris, except: [2026-12-24..2026-12-26]}
            backup: none
            steps:
              - verify: {name: fine, sql: "SELECT true"}
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void the_next_openings_are_told_in_the_windows_zone_and_in_utc() throws IOException {
        Typed typed = window("next", "-n", "2", "--at", "2026-11-23T14:00:00Z");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("""
                window: '30 2 * * *' for 4 h, Europe/Paris
                opens Tue 2026-11-24 02:30  closes 06:30  +01:00  (UTC Tue 01:30 to Tue 05:30)
                opens Wed 2026-11-25 02:30  closes 06:30  +01:00  (UTC Wed 01:30 to Wed 05:30)
                """);
    }

    @Test
    void an_exception_is_named_where_it_falls() throws IOException {
        assertThat(window("next", "-n", "2", "--at", "2026-12-22T14:00:00Z").out())
                .isEqualTo("""
                window: '30 2 * * *' for 4 h, Europe/Paris
                opens Wed 2026-12-23 02:30  closes 06:30  +01:00  (UTC Wed 01:30 to Wed 05:30)
                does not open on 2026-12-24..2026-12-26 (except)
                opens Sun 2026-12-27 02:30  closes 06:30  +01:00  (UTC Sun 01:30 to Sun 05:30)
                """);
    }

    @Test
    void both_changes_of_the_clocks_are_named() throws IOException {
        assertThat(window("next", "-n", "2", "--at", "2026-03-28T12:00:00Z").out())
                .isEqualTo("""
                window: '30 2 * * *' for 4 h, Europe/Paris
                opens Sun 2026-03-29 03:00  closes 07:00  +02:00  (UTC Sun 01:00 to Sun 05:00)
                    the clocks go forward by 1 h on Sun 2026-03-29 02:00: an opening in the hour that is skipped happens at the change
                opens Mon 2026-03-30 02:30  closes 06:30  +02:00  (UTC Mon 00:30 to Mon 04:30)
                """);
        assertThat(window("next", "-n", "1", "--at", "2026-10-24T12:00:00Z").out())
                .contains("opens Sun 2026-10-25 02:30  closes 05:30  +02:00  (UTC Sun 00:30 to Sun 04:30)")
                .contains(
                        "the clocks go back by 1 h on Sun 2026-10-25 03:00, while it is open: it lasts 4 h all the same");
    }

    @Test
    void a_check_ends_with_0_where_it_is_open_and_8_where_it_is_closed() throws IOException {
        Typed open = window("check", "--at", "2026-11-24T02:00:00Z");
        Typed closed = window("check", "--at", "2026-12-24T02:00:00Z");

        assertThat(open.code()).isZero();
        assertThat(open.out())
                .isEqualTo("open at Tue 2026-11-24 03:00 Europe/Paris (2026-11-24T02:00:00Z),"
                        + " closes Tue 2026-11-24 06:30 (2026-11-24T05:30:00Z)\n");
        assertThat(closed.code()).isEqualTo(8);
        assertThat(closed.out())
                .isEqualTo("closed at Thu 2026-12-24 03:00 Europe/Paris (2026-12-24T02:00:00Z),"
                        + " opens Sun 2026-12-27 02:30 (2026-12-27T01:30:00Z);"
                        + " not on 2026-12-24..2026-12-26 (except)\n");
    }

    @Test
    void a_window_that_opened_before_midnight_is_open_on_an_excepted_day() throws IOException {
        Path late = plan(PLAN.replace("30 2 * * *", "0 23 * * *"));

        assertThat(Typed.in(new FakeDatabase(), "window", "check", late.toString(), "--at", "2026-12-24T01:00+01:00")
                        .code())
                .isZero();
        assertThat(Typed.in(new FakeDatabase(), "window", "check", late.toString(), "--at", "2026-12-25T01:00+01:00")
                        .code())
                .isEqualTo(8);
    }

    @Test
    void programs_get_both_clocks() throws IOException {
        assertThat(window("next", "-n", "1", "--at", "2026-12-23T14:00:00Z", "-o", "json")
                        .out())
                .contains("\"kind\": \"WindowCalendar\"")
                .contains("\"opens\": \"2026-12-27T01:30:00Z\"")
                .contains("\"opensLocal\": \"2026-12-27T02:30+01:00\"")
                .contains("\"lasts\": 14400")
                .contains("\"2026-12-24..2026-12-26\"");
    }

    @Test
    void a_plan_without_a_window_is_always_open() throws IOException {
        Path always = plan(PLAN.replaceFirst("window: .*\n", ""));

        assertThat(Typed.in(new FakeDatabase(), "window", "next", always.toString())
                        .out())
                .isEqualTo("always open: the plan names no window\n");
        assertThat(Typed.in(new FakeDatabase(), "window", "check", always.toString())
                        .code())
                .isZero();
    }

    @Test
    void a_plan_that_cannot_be_read_says_why_and_an_instant_without_an_offset_is_refused() throws IOException {
        Path wrong = plan(PLAN.replace("Europe/Paris", "Europe/Pariss"));

        Typed typed = Typed.in(new FakeDatabase(), "window", "check", wrong.toString());
        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("did you mean 'Europe/Paris'?");
        assertThat(window("check", "--at", "2026-12-24").code()).isEqualTo(2);
    }

    private Typed window(String verb, String... options) throws IOException {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "window";
        arguments[1] = verb;
        arguments[2] = plan(PLAN).toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return Typed.in(new FakeDatabase(), arguments);
    }

    private Path plan(String text) throws IOException {
        return Files.writeString(directory.resolve("plan.yaml"), text);
    }
}
