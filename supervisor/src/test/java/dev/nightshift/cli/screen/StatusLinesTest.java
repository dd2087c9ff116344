package dev.nightshift.cli.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Holding;
import dev.nightshift.run.RunState;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import dev.nightshift.view.EventView;
import dev.nightshift.view.Glance;
import dev.nightshift.view.StatusView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class StatusLinesTest {

    private static final Cause GUARD = new Cause(Cause.Kind.GUARD, "slots", "slot standby_a 100 % >= 100 %");

    @Test
    void shows_a_working_run_on_a_wide_terminal() {
        assertThat(plain(Views.status(new Working()), 120)).isEqualTo("""
                        orders-total-cents · run 7f3kmq · working                               step 2/4  fill  (backfill, heap walk, 8 stripes)
                        ███████████████▎░░░░░░░░░  61.3 %   1.84 M / 3.00 M rows   28.1 k rows/s   done about 02:31
                        pace      9.60 MiB/s of WAL   0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s
                        replicas  standby-a  required   1.2 s of 5 s   14 MiB of 256 MiB   replays 10.8 MiB/s
                                  standby-b  required   0.4 s of 5 s    3 MiB of 256 MiB   replays 14.1 MiB/s
                        guards    11 clear · slow: replica lag standby-a 2.3 s > 2 s (4 s ago, over)
                        backup    verified 02:02 (readable, 412 MiB)   a restore would lose 96 MiB of WAL since
                                  window closes 05:00 Europe/Paris
                        02:31:10  slowed     replica lag standby-a 2.3 s > 2 s
                        02:31:14  full-pace  9.60 MiB/s of WAL
                        """);
    }

    @Test
    void shows_the_same_in_80_columns_without_losing_a_word() {
        assertThat(plain(Views.status(new Working()), 80)).isEqualTo("""
                        orders-total-cents · run 7f3kmq · working
                        step 2/4  fill  (backfill, heap walk, 8 stripes)
                        ████████████▎░░░░░░░  61.3 %   1.84 M / 3.00 M rows   28.1 k rows/s
                        done about 02:31
                        pace      9.60 MiB/s of WAL
                                  0.9 × capacity of standby-a 11.2 MiB/s − foreground 0.5 MiB/s
                        replicas  standby-a  required   1.2 s of 5 s   14 MiB of 256 MiB
                                  replays 10.8 MiB/s
                                  standby-b  required   0.4 s of 5 s    3 MiB of 256 MiB
                                  replays 14.1 MiB/s
                        guards    11 clear · slow: replica lag standby-a 2.3 s > 2 s (4 s ago, over)
                        backup    verified 02:02 (readable, 412 MiB)
                                  a restore would lose 96 MiB of WAL since
                                  window closes 05:00 Europe/Paris
                        02:31:10  slowed     replica lag standby-a 2.3 s > 2 s
                        02:31:14  full-pace  9.60 MiB/s of WAL
                        """);
    }

    @Test
    void a_hold_names_its_holder_and_the_replica_that_is_not_known() {
        Holder guard = new Holder(Holder.Kind.GUARD, "guards", "replica missing standby-a 12 s > 0 s");
        StatusView base = Views.status(new Holding(Holders.of(List.of(guard))));
        Glance seen = base.glance().orElseThrow();
        Glance held = new Glance(
                seen.at(),
                "hold",
                "stopped",
                0,
                List.of(),
                List.of(
                        new dev.nightshift.view.ReplicaLine(
                                "standby-a",
                                "required",
                                "gone for 12 s",
                                "",
                                OptionalDouble.empty(),
                                true,
                                OptionalDouble.of(5),
                                OptionalLong.empty(),
                                OptionalLong.of(256L << 20),
                                OptionalDouble.empty()),
                        seen.replicas().get(1)),
                11,
                List.of(new Glance.FindingLine("replica-missing", "hold", guard.reason(), "")),
                Optional.empty());

        assertThat(plain(with(base, held), 120))
                .contains("held by   guard: replica missing standby-a 12 s > 0 s   since 02:27:54")
                .contains("1.84 M / 3.00 M rows\nheld by")
                .contains("pace      stopped\n")
                .contains("replicas  standby-a  required   lag ? of 5 s   bytes ? of 256 MiB   gone for 12 s")
                .contains("guards    10 clear · hold: replica missing standby-a 12 s > 0 s\n");
    }

    @Test
    void an_estimate_that_was_too_low_is_said_to_be() {
        StatusView base = Views.status(new Working());
        StepRecord low = new StepRecord(
                0,
                false,
                "fill",
                "backfill",
                "pausable",
                StepRecord.State.RUNNING,
                OptionalLong.of(1000),
                43_000,
                12,
                48_000_000,
                "",
                Optional.empty());
        StatusView more = new StatusView(
                base.at(),
                base.run(),
                List.of(low),
                base.worker(),
                base.glance(),
                base.backup(),
                base.window(),
                base.supervisor(),
                base.events());

        assertThat(plain(more, 120))
                .contains("\n43.0 k rows, more than the 1.00 k expected   28.1 k rows/s\n")
                .doesNotContain("done about");
    }

    @Test
    void a_change_of_state_names_the_state() {
        StatusView base = Views.status(new Working());
        StatusView moved = new StatusView(
                base.at(),
                base.run(),
                base.steps(),
                base.worker(),
                base.glance(),
                Optional.empty(),
                base.window(),
                base.supervisor(),
                List.of(new EventView(1, Views.NOW, "state", "working", "backup ready")));

        assertThat(plain(moved, 120))
                .contains("02:31:14  state      working: backup ready")
                .contains("backup    none: the plan wants none");
    }

    @Test
    void an_old_look_is_said_to_be_old() {
        StatusView base = Views.status(new Working());
        Glance seen = base.glance().orElseThrow();
        Glance old = new Glance(
                Views.NOW.minusSeconds(34),
                seen.verdict(),
                seen.pace(),
                seen.walRate(),
                seen.paceReasons(),
                seen.replicas(),
                seen.guards(),
                seen.findings(),
                seen.last());

        assertThat(plain(with(base, old), 120)).contains("last look 34 s ago; since then not known");
    }

    @Test
    void says_so_when_nobody_supervises() {
        StatusView base = Views.status(new Working());
        StatusView alone = new StatusView(
                base.at(),
                base.run(),
                base.steps(),
                base.worker(),
                base.glance(),
                base.backup(),
                base.window(),
                Optional.empty(),
                base.events());

        assertThat(plain(alone, 120))
                .contains("watch     nobody supervises this run, so nothing is written   nightshift resume 7f3kmq");
    }

    @Test
    void an_abort_names_its_cause_and_what_is_left() {
        assertThat(plain(Views.status(new Aborting(GUARD)), 120))
                .contains("because   guard: slot standby_a 100 % >= 100 %");
        assertThat(plain(
                        Views.status(new AbortIncomplete(
                                GUARD, List.of("drop-index: DROP INDEX CONCURRENTLY public.orders_total_idx"))),
                        120))
                .contains("left      drop-index: DROP INDEX CONCURRENTLY public.orders_total_idx");
    }

    @Test
    void a_failure_is_told_in_four_lines_and_a_question_asked() {
        Explanation explanation =
                new Explanation("disk full", "filling", "412 batches are done", "free space, then retry");

        assertThat(plain(Views.status(new Failed(new Failure(Failure.Kind.STEP, explanation))), 120))
                .contains("failed    disk full", "while     filling", "now       412 batches are done")
                .contains("do        free space, then retry");
        assertThat(plain(Views.status(new Unclear("did the migration commit?")), 120))
                .contains("question  did the migration commit?");
    }

    @Test
    void an_ended_run_shows_no_pace_and_no_guards() {
        assertThat(plain(Views.status(new Succeeded()), 120))
                .contains("all 4 steps done")
                .doesNotContain("guards")
                .doesNotContain("\npace");
    }

    @Test
    void no_line_is_wider_than_the_terminal() {
        for (RunState state : List.of(new Working(), new Aborting(GUARD), new Unclear("x ".repeat(200)))) {
            for (int width : List.of(60, 80, 100, 120, 200)) {
                assertThat(new StatusLines(Views.PARIS).of(Views.status(state), width))
                        .allSatisfy(line -> assertThat(line.width()).isLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void colour_changes_nothing_but_colour_and_ascii_needs_no_unicode() {
        for (Line line : new StatusLines(Views.PARIS).of(Views.status(new Working()), 120)) {
            assertThat(line.text(true, true).replaceAll("\u001B\\[[0-9]+m", "")).isEqualTo(line.plain());
            assertThat(line.text(false, false)).matches("[ -~]*");
        }
    }

    @Test
    void a_working_state_is_green_and_its_bar_has_an_ascii_form() {
        List<Line> lines = new StatusLines(Views.PARIS).of(Views.status(new Working()), 120);

        assertThat(lines.get(0).text(true, true)).contains("\u001B[32mworking\u001B[0m");
        assertThat(lines.get(1).text(false, false)).startsWith("###############..........  61.3 %");
    }

    private static StatusView with(StatusView base, Glance glance) {
        return new StatusView(
                base.at(),
                base.run(),
                base.steps(),
                base.worker(),
                Optional.of(glance),
                base.backup(),
                base.window(),
                base.supervisor(),
                base.events());
    }

    private static String plain(StatusView view, int width) {
        StringBuilder text = new StringBuilder();
        new StatusLines(Views.PARIS)
                .of(view, width)
                .forEach(line -> text.append(line.plain()).append('\n'));
        return text.toString();
    }
}
