package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Application pods that begin before, during and after a run: each is a process of its own. */
class WaitIT {

    private static final int PODS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'nightshift/wait'";

    /** Slow enough to be met on its way, and with a person's decision at its end. */
    private static final String PLAN = """
            nightshift: 1
            name: orders-total-cents
            database: {url: "%URL%"}
            replicas: none
            backup: none
            steps:
              - backfill: {name: fill, table: public.orders, set: {total_cents: "(amount * 100)::bigint"}, where: "total_cents IS NULL"}
              - hold:     {name: look, until: approved}
            abort:
              - statement: {name: undo, sql: "SELECT 1"}
            """;

    @Test
    void any_number_waits_for_one_run_and_all_are_released_together(@TempDir Path directory) {
        try (Night night = Night.start(directory, 2_000, ClusterSettings.primaryOnly())) {
            List<Nightshift> before = pods(night, PODS / 2, "15m");
            awaitSaid(before, "no run orders-total-cents yet");
            Nightshift run = night.nightshift("run", night.plan(PLAN).toString());
            awaitHolding(night, run);
            List<Nightshift> during = pods(night, PODS / 2, "15m");
            awaitSaid(during, "holding");
            assertThat(before).allMatch(Nightshift::isAlive);
            assertThat(fewest(night))
                    .as("connections between two looks of ten pods")
                    .isZero();

            carriedOut(night, "approve", "--reason", "seen");
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();

            IntStream.range(0, PODS / 2).forEach(i -> {
                assertReleased(before.get(i));
                assertReleased(during.get(i));
            });
            assertReleased(pods(night, 1, "15m").get(0));
        }
    }

    @Test
    void all_end_with_the_reason_when_the_run_is_aborted_and_with_124_when_time_is_up(@TempDir Path directory) {
        try (Night night = Night.start(directory, 2_000, ClusterSettings.primaryOnly())) {
            Nightshift impatient = pods(night, 1, "2s").get(0);
            assertThat(impatient.awaitExit(PATIENCE)).as(impatient.output()).isEqualTo(124);
            assertThat(impatient.output()).contains("not within 2 s: there is no run orders-total-cents yet");
            Nightshift run = night.nightshift("run", night.plan(PLAN).toString());
            awaitHolding(night, run);
            List<Nightshift> pods = pods(night, PODS, "15m");
            awaitSaid(pods, "holding");

            carriedOut(night, "abort", "--reason", "not tonight");
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isEqualTo(6);

            for (Nightshift pod : pods) {
                assertThat(pod.awaitExit(PATIENCE)).as(pod.output()).isEqualTo(6);
                assertThat(pod.output()).contains("aborted", "not tonight");
            }
        }
    }

    @Test
    void a_database_that_goes_away_is_waited_for(@TempDir Path directory) {
        try (Night night = Night.start(directory, 10, ClusterSettings.primaryOnly())) {
            Nightshift pod = pods(night, 1, "15m").get(0);
            awaitSaid(List.of(pod), "no run orders-total-cents yet");
            night.primary().stop();
            awaitSaid(List.of(pod), "nobody answers");
            night.primary().start();
            Nightshift run = night.nightshift("run", night.plan(PLAN).toString());
            awaitHolding(night, run);
            carriedOut(night, "approve", "--reason", "seen");
            assertThat(run.awaitExit(PATIENCE)).as(run.output()).isZero();

            assertReleased(pod);
        }
    }

    private static List<Nightshift> pods(Night night, int count, String timeout) {
        return IntStream.range(0, count)
                .mapToObj(i -> night.nightshift("wait", "--run", "orders-total-cents", "--timeout", timeout))
                .toList();
    }

    /** Commands may be repeated; 75 is a machine that is too busy to answer in time. */
    private static void carriedOut(Night night, String... command) {
        Nightshift asked = night.nightshift(command);
        int code = asked.awaitExit(PATIENCE);
        for (int tries = 1; code == 75 && tries < 5; tries++) {
            asked = night.nightshift(command);
            code = asked.awaitExit(PATIENCE);
        }
        assertThat(code).as(asked.output()).isIn(0, 6, 124);
    }

    private static void awaitHolding(Night night, Nightshift run) {
        Night.await(PATIENCE, "the hold", () -> !run.isAlive() || night.state().equals("holding"));
        assertThat(night.state()).as(run.output()).isEqualTo("holding");
    }

    private static void awaitSaid(List<Nightshift> pods, String text) {
        Night.await(
                PATIENCE, text, () -> pods.stream().allMatch(pod -> pod.output().contains(text) || !pod.isAlive()));
        assertThat(pods).allSatisfy(pod -> assertThat(pod.output()).contains(text));
    }

    private static void assertReleased(Nightshift pod) {
        assertThat(pod.awaitExit(PATIENCE)).as(pod.output()).isZero();
        assertThat(pod.output()).contains("(orders-total-cents): succeeded");
    }

    /** Looks are short: among a few counts there is one between them. */
    private static long fewest(Night night) {
        return IntStream.range(0, 40).mapToLong(i -> night.count(WAITING)).min().orElseThrow();
    }
}
