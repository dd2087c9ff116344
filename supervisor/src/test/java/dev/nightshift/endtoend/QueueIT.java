package dev.nightshift.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.sandbox.Processes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are submitted, wait, and are carried out by whoever serves. */
class QueueIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Test
    void
            a_plan_that_two_processes_submit_at_once_waits_for_somebody_else_and_is_carried_out_once_by_one_of_two_that_serve(
                    @TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            SlowShop.pace(night, "0");
            String text = SlowShop.plan(night, SlowShop.FILL).replace("steps:", "approval: {people: 1}\nsteps:");
            String file = night.plan(text).toString();
            Nightshift one = night.nightshift("submit", file);
            Nightshift other = night.nightshift("submit", file);
            List<Integer> codes = List.of(one.awaitExit(PATIENCE), other.awaitExit(PATIENCE));
            assertThat(codes).as(one.output() + other.output()).containsOnly(0);
            assertThat(one.output() + other.output()).contains("submitted: run", "already submitted: run");
            assertThat(night.count("SELECT count(*) FROM nightshift.runs WHERE state = 'planned'"))
                    .isEqualTo(1);

            serve(night, directory);
            serve(night, directory);
            Nightshift own = night.nightshift("approve", "--reason", "looks fine");
            Nightshift list = night.nightshift("list");
            assertThat(own.awaitExit(PATIENCE)).as(own.output()).isEqualTo(11);
            assertThat(own.output()).contains("let somebody else");
            assertThat(list.awaitExit(PATIENCE)).isZero();
            assertThat(list.output()).contains("0 of 1 people");
            assertThat(night.state()).isEqualTo("planned");

            night.ask("SELECT nightshift.ask('approve', 'read it', id, asked_by => 'bob@api') FROM nightshift.runs");
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.ask("SELECT person FROM nightshift.approvals")).isEqualTo("bob");
            assertThat(night.count("SELECT count(*) FROM nightshift.events WHERE subject = 'waiting'"))
                    .isEqualTo(1);
            Nightshift later = night.nightshift("submit", file);
            assertThat(later.awaitExit(PATIENCE)).isZero();
            assertThat(later.output()).contains("has succeeded", "--again --reason");
        }
    }

    @Test
    void whoever_is_killed_while_a_run_is_admitted_another_one_carries_it_out_once(@TempDir Path directory) {
        try (Night night = SlowShop.alone(directory)) {
            String file = night.plan(SlowShop.plan(night, SlowShop.FILL)).toString();
            SlowShop.pace(night, "0");
            submit(night, file);
            for (String state : List.of("true", "state <> 'planned'", "state NOT IN ('planned', 'waiting')")) {
                Nightshift serve = serve(night, directory);
                String reached = "SELECT count(*) FROM nightshift.lease, nightshift.runs WHERE holder = 'serve "
                        + serve.pid() + "' AND expires_at > clock_timestamp() AND " + state;
                Night.await(reached, () -> night.count(reached) == 1);
                serve.killAlone();
            }
            serve(night, directory);
            night.awaitState("succeeded");

            SlowShop.assertEveryOrderIsDoneOnce(night);
            assertThat(night.count("SELECT count(*) FROM nightshift.runs")).isEqualTo(1);
        }
    }

    @Test
    void settings_that_change_during_a_run_lose_nothing(@TempDir Path directory) throws IOException {
        try (Night night = SlowShop.alone(directory)) {
            night.primary().superuser().execute("CREATE DATABASE other OWNER migrator");
            SlowShop.pace(night, "0.004");
            String shop = "{url: \"" + night.primary().url() + "\"}";
            String other = "{url: \"" + night.primary().migrator().in("other").url() + "\"}";
            String file = night.plan(SlowShop.plan(night, SlowShop.FILL)).toString();
            submit(night, file);
            Path settings = write(directory, shop);
            Nightshift serve = night.nightshift("serve", settings.toString());
            SlowShop.awaitRowsDone(night, 1);
            long worker = serve.awaitWorker().pid();

            write(directory, shop + ", {uri: x}");
            Night.await("the mistake is told", () -> serve.output().contains("nothing was changed: "));
            write(directory, shop + ", " + other);
            Night.await("the other one is looked after", () -> connections(night, "other") == 2);
            write(directory, shop);
            Night.await("it is let go of", () -> connections(night, "other") == 0);
            assertThat(serve.awaitWorker().pid()).isEqualTo(worker);
            assertThat(night.count("SELECT max(epoch) FROM nightshift.claims")).isEqualTo(1);

            write(directory, other);
            Night.await(
                    "the lease is given back",
                    () -> night.ask("SELECT expires_at = '-infinity' FROM nightshift.lease")
                            .equals("t"));
            SlowShop.awaitNoSession(night);
            assertThat(night.rowsDone()).isLessThan(SlowShop.ORDERS);
            assertThat(night.state()).isEqualTo("working");
            assertThat(serve.isAlive()).as(serve.output()).isTrue();

            SlowShop.pace(night, "0");
            write(directory, other + ", " + shop);
            Processes.hangUp(serve.pid());
            night.awaitState("succeeded");
            SlowShop.assertEveryOrderIsDoneOnce(night);
        }
    }

    private static void submit(Night night, String file) {
        Nightshift submit = night.nightshift("submit", file);
        assertThat(submit.awaitExit(PATIENCE)).as(submit.output()).isZero();
    }

    private static long connections(Night night, String database) {
        return night.count("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database
                + "' AND application_name ~ '^nightshift/supervisor/'");
    }

    private static Nightshift serve(Night night, Path directory) {
        return night.nightshift(
                "serve",
                write(directory, "{url: \"" + night.primary().url() + "\"}").toString());
    }

    private static Path write(Path directory, String databases) {
        try {
            return Files.writeString(directory.resolve("serve.yaml"), "databases: [" + databases + "]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
