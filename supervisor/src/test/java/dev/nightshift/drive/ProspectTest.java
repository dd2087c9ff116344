package dev.nightshift.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Heartbeat;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.WorkPace;
import dev.nightshift.time.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ProspectTest {

    private static final String WINDOW = "window: {opens: \"0 1 * * *\", lasts: 4h, zone: UTC}\n";

    /** The second night, one hour after the window opened; the first night was worked through. */
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    private static final Instant BEGUN = Instant.parse("2026-11-24T01:00:00Z");

    @Test
    void the_pace_is_rows_per_open_second_and_not_by_the_wall_clock() {
        assertThat(sentence(plan("expected: 30m"), rows(5_000_000, 10_000_000), OptionalPace.NONE))
                .as("1 M rows an hour over 5 open hours; 25 hours have passed")
                .isEqualTo("done about Thu 03:30, in the next window");
    }

    @Test
    void the_present_pace_and_that_of_the_nights_before_make_a_range() {
        assertThat(sentence(plan("expected: 30m"), rows(5_000_000, 7_000_000), OptionalPace.of(4_000_000 / 3600.0)))
                .isEqualTo("done between Wed 03:00 (this window) and Wed 04:30 (this window)");
    }

    @Test
    void a_step_without_a_forecast_is_named_and_not_guessed() {
        assertThat(sentence(plan(""), rows(5_000_000, 6_000_000), OptionalPace.NONE))
                .isEqualTo("done about Wed 03:00, in this window; not counted: index (no forecast)");
    }

    @Test
    void the_time_of_an_earlier_run_counts() {
        Took took = new Took("index", Duration.ofMinutes(20), TestRuns.ID, true);

        assertThat(new Prospect(plan(""))
                        .of(report(rows(5_000_000, 6_000_000), OptionalPace.NONE), List.of(took), hours(List.of()))
                        .map(Outlook::sentence))
                .contains("done about Wed 03:30, in this window");
    }

    @Test
    void a_freeze_without_an_end_has_no_date() {
        Freeze freeze = new Freeze(1, "audit", "anna@desk", "desk", BEGUN, Optional.empty());

        assertThat(new Prospect(plan(""))
                        .of(report(rows(5_000_000, 6_000_000), OptionalPace.NONE), List.of(), hours(List.of(freeze)))
                        .map(Outlook::sentence))
                .contains("no date: frozen by anna@desk: audit, without an end");
    }

    @Test
    void a_freeze_with_an_end_moves_the_date() {
        Freeze freeze =
                new Freeze(1, "audit", "anna@desk", "desk", BEGUN, Optional.of(Instant.parse("2026-11-26T12:00:00Z")));

        assertThat(new Prospect(plan("expected: 1m"))
                        .of(report(rows(5_000_000, 6_000_000), OptionalPace.NONE), List.of(), hours(List.of(freeze)))
                        .map(Outlook::sentence))
                .contains("done about Fri 02:01, in the next window");
    }

    @Test
    void nothing_is_said_before_a_pace_was_seen() {
        assertThat(new Prospect(plan(""))
                        .of(report(rows(0, 6_000_000), OptionalPace.NONE), List.of(), hours(List.of())))
                .isEmpty();
    }

    /** The pace of a live worker, or none. */
    private record OptionalPace(double rowsPerSecond) {
        static final OptionalPace NONE = new OptionalPace(0);

        static OptionalPace of(double rowsPerSecond) {
            return new OptionalPace(rowsPerSecond);
        }
    }

    private static String sentence(Plan plan, StepRecord rows, OptionalPace pace) {
        return new Prospect(plan)
                .of(report(rows, pace), List.of(), hours(List.of()))
                .orElseThrow()
                .sentence();
    }

    private static OpenHours hours(List<Freeze> freezes) {
        return new OpenHours(plan("").window(), NOW, freezes);
    }

    private static Plan plan(String expected) {
        String text = TestRuns.PLAN.replace("steps:\n", WINDOW + "steps:\n");
        return TestRuns.plan(expected.isEmpty() ? text : text.replace("(n)\"}", "(n)\", " + expected + "}"));
    }

    private static Report report(StepRecord rows, OptionalPace pace) {
        Optional<Heartbeat> beat = pace.rowsPerSecond() == 0
                ? Optional.empty()
                : Optional.of(new Heartbeat(
                        1, "here", 1, Duration.ZERO, "fills", new WorkPace(pace.rowsPerSecond(), 0, 500, 400)));
        StepRecord index = step(1, "index", "statement", "cancel-only", StepRecord.State.PENDING, 0, 0);
        return Reports.of(beat, List.of(rows, index), Optional.empty());
    }

    private static StepRecord rows(long done, long total) {
        return step(0, "fill", "backfill", "pausable", StepRecord.State.RUNNING, done, total);
    }

    private static StepRecord step(
            int ordinal,
            String name,
            String kind,
            String statementClass,
            StepRecord.State state,
            long done,
            long total) {
        return new StepRecord(
                ordinal,
                false,
                name,
                kind,
                statementClass,
                state,
                total == 0 ? OptionalLong.empty() : OptionalLong.of(total),
                done,
                0,
                0,
                "",
                Optional.empty(),
                state == StepRecord.State.RUNNING ? Optional.of(BEGUN) : Optional.empty());
    }
}
