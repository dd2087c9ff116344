package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.Working;
import dev.nightshift.view.StatusView;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerOptionTest {

    private static final String SERVER = "https://night.example:8443/shop";

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void a_command_says_the_same_through_a_server_as_from_the_database() {
        database.status = Optional.of(Views.status(new Working()));

        for (String command : new String[] {"status", "history", "report"}) {
            assertThat(typed(command, "--server", SERVER).out())
                    .isEqualTo(Typed.in(database, command).out());
        }
        assertThat(database.done).contains("asked " + SERVER + " with t0ken");
    }

    @Test
    void a_command_waits_for_its_outcome_through_a_server() {
        database.status = Optional.of(Views.status(new Working()));
        database.outcomes.put(1L, "paused");

        Typed typed = typed("pause", "--server", SERVER, "--reason", "deploy");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("run 7f3kmq: paused\n");
    }

    @Test
    void nobody_takes_a_run_over_through_a_server() {
        StatusView view = Views.status(new Working());
        database.status = Optional.of(new StatusView(
                view.at(),
                view.run(),
                view.steps(),
                view.worker(),
                view.glance(),
                view.backup(),
                view.window(),
                Optional.empty(),
                view.events()));

        Typed typed = typed("abort", "--server", SERVER, "--reason", "slow");

        assertThat(typed.code()).isZero();
        assertThat(database.done).noneMatch(done -> done.startsWith("took over") || done.startsWith("stopped work"));
    }

    @Test
    void refuses_a_url_that_is_none_a_plain_one_to_another_machine_and_a_missing_token() {
        assertThat(typed("status", "--server", "night.example:8443").code()).isEqualTo(2);
        assertThat(typed("status", "--server", "http://night.example:8443").err())
                .contains("this machine alone");
        assertThat(Typed.in(database, "status", "--server", SERVER).err()).contains("NIGHTSHIFT_TOKEN");
        assertThat(database.done).isEmpty();
        database.status = Optional.of(Views.status(new Working()));
        assertThat(typed("status", "--server", "http://127.0.0.1:8443").code()).isZero();
    }

    private Typed typed(String... arguments) {
        return Typed.in(database, Map.of("NIGHTSHIFT_TOKEN", "t0ken"), arguments);
    }
}
