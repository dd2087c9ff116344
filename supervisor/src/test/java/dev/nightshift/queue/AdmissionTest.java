package dev.nightshift.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.plan.Plan;
import dev.nightshift.plan.PlanReader;
import dev.nightshift.plan.PlanReading;
import dev.nightshift.queue.Admission.Place;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Holder;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.Working;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final String NIGHTS = "window: {opens: \"0 1 * * *\", lasts: 4h, zone: Europe/Paris}";
    private static final Holder PAUSED = new Holder(Holder.Kind.OPERATOR, "ann@desk", "not today");

    @Test
    void a_higher_priority_goes_first_and_then_what_was_submitted_earlier() {
        List<Submission> queue = new ArrayList<>(
                List.of(free("aaaaaa", 0, 1), free("bbbbbb", 0, 0), free("cccccc", 7, 9), free("dddddd", -1, 0)));
        long seed = System.nanoTime();
        Collections.shuffle(queue, new Random(seed));

        Admission admission = Admission.of(queue, Optional.empty(), List.of(), NOON);

        assertThat(admission.places())
                .as("seed " + seed)
                .extracting(place -> place.submission().run().id().text())
                .containsExactly("cccccc", "bbbbbb", "aaaaaa", "dddddd");
        assertThat(admission.next().map(RunRecord::id)).contains(new RunId("cccccc"));
        assertThat(waits(admission, 1)).isEqualTo("run cccccc goes first");
    }

    @Test
    void what_may_not_begin_holds_up_nothing_behind_it() {
        Submission unreadable =
                new Submission(run("aaaaaa", Holders.NONE), Optional.empty(), 9, NOON, Approvals.NONE, true);
        Submission elsewhere = new Submission(run("bbbbbb", Holders.NONE), plan(""), 8, NOON, Approvals.NONE, false);
        Submission paused =
                new Submission(run("cccccc", Holders.NONE.with(PAUSED)), plan(""), 7, NOON, Approvals.NONE, true);
        Submission atNight = new Submission(run("dddddd", Holders.NONE), plan(NIGHTS), 6, NOON, Approvals.NONE, true);
        Submission last = free("eeeeee", 0, 0);

        Admission admission =
                Admission.of(List.of(unreadable, elsewhere, paused, atNight, last), Optional.empty(), List.of(), NOON);

        assertThat(admission.next().map(RunRecord::id)).contains(new RunId("eeeeee"));
        assertThat(waits(admission, 0)).contains("cannot read its plan");
        assertThat(waits(admission, 1)).contains("another server", "resume or abort");
        assertThat(waits(admission, 2)).isEqualTo("operator: not today");
        assertThat(waits(admission, 3)).isEqualTo("its window opens 2026-03-03T01:00+01:00");
        assertThat(waits(admission, 4)).isEmpty();
    }

    @Test
    void nothing_begins_beside_an_active_run_and_each_says_what_keeps_it() {
        RunRecord active = new RunRecord(new RunId("zzzzzz"), "p", "h", "", "/p", 3, new Working());
        Submission paused =
                new Submission(run("cccccc", Holders.NONE.with(PAUSED)), plan(""), 7, NOON, Approvals.NONE, true);

        Admission admission = Admission.of(List.of(paused, free("aaaaaa", 0, 0)), Optional.of(active), List.of(), NOON);

        assertThat(admission.next()).isEmpty();
        assertThat(waits(admission, 0)).isEqualTo("operator: not today");
        assertThat(waits(admission, 1)).isEqualTo("run zzzzzz is working");
    }

    @Test
    void a_run_begins_within_its_window() {
        Submission atNight = new Submission(run("dddddd", Holders.NONE), plan(NIGHTS), 6, NOON, Approvals.NONE, true);

        Instant two = Instant.parse("2026-03-03T01:00:00Z");
        assertThat(Admission.of(List.of(atNight), Optional.empty(), List.of(), two)
                        .next())
                .isPresent();
    }

    @Test
    void nothing_begins_in_a_freeze_and_each_says_who_froze_and_why() {
        Freeze freeze =
                new Freeze(1, "year-end closing", "bob@api", "10.0.0.9", NOON, Optional.of(NOON.plusSeconds(60)));
        Submission paused =
                new Submission(run("cccccc", Holders.NONE.with(PAUSED)), plan(""), 7, NOON, Approvals.NONE, true);

        Admission admission =
                Admission.of(List.of(paused, free("aaaaaa", 0, 0)), Optional.empty(), List.of(freeze), NOON);

        assertThat(admission.next()).isEmpty();
        assertThat(waits(admission, 0)).isEqualTo("operator: not today");
        assertThat(waits(admission, 1))
                .isEqualTo("the database is frozen by bob@api until 2026-03-02 12:01 UTC: year-end closing");
    }

    private static String waits(Admission admission, int place) {
        Place at = admission.places().get(place);
        return at.waits();
    }

    private static Submission free(String id, int priority, int minute) {
        return new Submission(
                run(id, Holders.NONE), plan(""), priority, NOON.plusSeconds(60L * minute), Approvals.NONE, true);
    }

    private static RunRecord run(String id, Holders holders) {
        return new RunRecord(new RunId(id), "p", "h", "", "/p", 0, new Planned(holders));
    }

    private static Optional<Plan> plan(String more) {
        String text = "nightshift: 1\nname: p\ndatabase: {url: \"postgresql://m@h/d\"}\nbackup: none\n" + more
                + "\nsteps:\n  - hold: {name: look, until: approved}\n";
        return Optional.of(((PlanReading.Accepted) PlanReader.read("p.yaml", text, Path.of("/"))).plan());
    }
}
