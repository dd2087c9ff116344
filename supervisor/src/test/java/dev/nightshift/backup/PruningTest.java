package dev.nightshift.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which dumps go, and why the others stay. */
class PruningTest {

    private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");

    private final List<Pruning.OfRun> all = new ArrayList<>();
    private final Pruning pruning = new Pruning(2, Duration.ofDays(7));

    private KeptBackup backup(int daysAgo, String plan, boolean succeeded) {
        return backup(daysAgo, plan, succeeded, KeptBackup.State.VERIFIED, KeptBackup.Kind.DUMP, Optional.empty(), "");
    }

    private KeptBackup backup(
            int daysAgo,
            String plan,
            boolean succeeded,
            KeptBackup.State state,
            KeptBackup.Kind kind,
            Optional<String> servesFrom,
            String location) {
        RunId run = new RunId(String.format("run%03d", all.size()));
        Instant at = NOW.minus(Duration.ofDays(daysAgo));
        KeptBackup backup = new KeptBackup(
                run + "-1",
                run,
                kind,
                state,
                location.isEmpty() ? "/backups/" + run : location,
                "readable",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                Duration.between(at, NOW),
                Optional.of(at),
                servesFrom,
                Optional.empty(),
                Optional.empty());
        all.add(new Pruning.OfRun(backup, plan, succeeded));
        return backup;
    }

    private List<String> gone() {
        return pruning.of(all, backup -> true).stream()
                .filter(fate -> fate.stays().isEmpty())
                .map(fate -> fate.backup().id())
                .toList();
    }

    private String whyStays(KeptBackup backup) {
        return pruning.of(all, one -> true).stream()
                .filter(fate -> fate.backup().equals(backup))
                .findFirst()
                .orElseThrow()
                .stays()
                .orElse("it goes");
    }

    @Test
    void the_newest_of_each_plan_stay_and_old_ones_go() {
        KeptBackup old = backup(30, "orders", true);
        KeptBackup young = backup(3, "orders", true);
        backup(2, "orders", true);
        backup(1, "orders", true);
        KeptBackup other = backup(400, "tickets", true);
        assertThat(gone()).containsExactly(old.id());
        assertThat(whyStays(young)).isEqualTo("younger than 168 h");
        assertThat(whyStays(other)).isEqualTo("the newest verified one of plan tickets");
    }

    @Test
    void the_way_back_of_a_run_that_did_not_succeed_stays_however_old() {
        KeptBackup failed = backup(300, "orders", false);
        KeptBackup shared = backup(200, "orders", true);
        backup(
                199,
                "orders",
                false,
                KeptBackup.State.VERIFIED,
                KeptBackup.Kind.DUMP,
                Optional.of(shared.id()),
                shared.location());
        backup(2, "orders", true);
        backup(1, "orders", true);
        assertThat(gone()).isEmpty();
        assertThat(whyStays(failed)).isEqualTo("run run000 has not succeeded: it is the way back");
        assertThat(whyStays(shared)).isEqualTo("run run002 has not succeeded: it is the way back");
    }

    @Test
    void what_is_not_here_or_kept_elsewhere_is_told_and_not_deleted() {
        KeptBackup cloud = backup(
                300, "orders", true, KeptBackup.State.VERIFIED, KeptBackup.Kind.COMMAND, Optional.empty(), "arn:1");
        KeptBackup dump = backup(200, "orders", true);
        backup(2, "orders", true);
        backup(1, "orders", true);
        assertThat(whyStays(cloud)).contains("kept elsewhere");
        assertThat(pruning.of(all, one -> false)).allMatch(fate -> fate.stays().isPresent());
        assertThat(gone()).containsExactly(dump.id());
    }

    @Test
    void one_that_its_own_run_did_not_rest_on_goes_when_it_is_old_and_is_none_of_the_newest() {
        KeptBackup old =
                backup(30, "orders", false, KeptBackup.State.OUTDATED, KeptBackup.Kind.DUMP, Optional.empty(), "");
        KeptBackup young =
                backup(3, "orders", false, KeptBackup.State.OUTDATED, KeptBackup.Kind.DUMP, Optional.empty(), "");
        KeptBackup newest = backup(40, "orders", true);
        assertThat(gone()).containsExactly(old.id());
        assertThat(whyStays(young)).isEqualTo("younger than 168 h");
        assertThat(whyStays(newest)).isEqualTo("the newest verified one of plan orders");
    }

    @Test
    void failed_and_pruned_ones_have_no_fate() {
        backup(300, "a", true, KeptBackup.State.FAILED, KeptBackup.Kind.DUMP, Optional.empty(), "");
        backup(300, "a", true, KeptBackup.State.PRUNED, KeptBackup.Kind.DUMP, Optional.empty(), "");
        assertThat(pruning.of(all, one -> true)).isEmpty();
    }
}
