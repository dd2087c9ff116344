package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.nightshift.drive.Stopped;
import dev.nightshift.plan.TakeDown.Sessions;
import dev.nightshift.plan.WorkloadsStep.Kind;
import dev.nightshift.plan.WorkloadsStep.Workload;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Working;
import dev.nightshift.sandbox.Await;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the journal keeps of applications that runs have stopped. */
class PgWorkloadsIT {

    private static final RunId RUN = JournaledRun.ID;
    private static final Failure FAILURE =
            new Failure(Failure.Kind.STEP, new Explanation("a row is too long", "filling", "as it was", "see it"));

    private final JournaledRun journaled = new JournaledRun();
    private final PgWorkloads workloads = new PgWorkloads(journaled.control, journaled.journal, journaled.token);

    @AfterEach
    void close() {
        journaled.close();
    }

    private static <T> T done(Future<T> future) {
        return Patiently.done("test", future);
    }

    private static Stopped web(int replicas, boolean keepDown) {
        return new Stopped(
                0,
                "shop",
                new Workload(Kind.DEPLOYMENT, "web"),
                replicas,
                Map.of(),
                keepDown,
                false,
                Duration.ZERO,
                Optional.empty());
    }

    private List<Stopped> down() {
        return done(journaled.journal.report(RUN)).down();
    }

    private void step(String state) {
        journaled.database.migrator().execute("UPDATE nightshift.steps SET state = '" + state + "' WHERE ordinal = 0");
    }

    private String stepState() {
        return journaled.database.migrator().truth("SELECT state = 'pending' FROM nightshift.steps WHERE ordinal = 0")
                ? "pending"
                : "not pending";
    }

    @Test
    void what_is_down_keeps_the_replicas_that_it_had_first_until_it_is_back() {
        journaled.in(new Working());
        done(workloads.asks(RUN, web(3, false)));
        assertThat(down()).singleElement().satisfies(one -> {
            assertThat(one.replicas()).isEqualTo(3);
            assertThat(one.confirmed()).isFalse();
            assertThat(one.where()).isEqualTo("deployment/web in namespace shop");
        });
        assertThat(done(workloads.confirmed(RUN, web(0, false)))).isTrue();
        done(workloads.asks(RUN, web(0, false)));
        assertThat(down()).extracting(Stopped::replicas).containsExactly(3);
        assertThat(done(workloads.isBack(RUN, web(0, false)))).isFalse();

        done(workloads.back(RUN, web(0, false), false));
        assertThat(down()).isEmpty();
        assertThat(done(workloads.isBack(RUN, web(0, false)))).isTrue();
        done(workloads.asks(RUN, web(5, true)));
        assertThat(down()).extracting(Stopped::replicas, Stopped::keepDown).containsExactly(tuple(5, true));
    }

    @Test
    void images_are_those_that_it_had_before_the_first_change() {
        journaled.in(new Working());
        done(workloads.asks(RUN, web(3, false)));
        done(workloads.images(RUN, web(3, false), Map.of("main", "web:1")));
        done(workloads.images(RUN, web(3, false), Map.of("main", "web:2")));
        assertThat(down()).extracting(Stopped::images).containsExactly(Map.of("main", "web:1"));
    }

    @Test
    void nothing_is_asked_for_once_the_run_is_not_at_work_or_the_lease_is_lost() {
        RunRecord run = journaled.in(new Working());
        journaled.database.migrator().execute("UPDATE nightshift.lease SET token = gen_random_uuid()");
        assertThatThrownBy(() -> done(workloads.asks(RUN, web(3, false)))).isInstanceOf(Transient.class);
        assertThat(done(workloads.confirmed(RUN, web(3, false)))).isFalse();
        journaled.database.migrator().execute("UPDATE nightshift.lease SET token = '" + journaled.token + "'");
        journaled.move(run, new Failed(FAILURE));
        assertThatThrownBy(() -> done(workloads.asks(RUN, web(3, false)))).isInstanceOf(Transient.class);
        assertThat(down()).isEmpty();
    }

    @Test
    void its_step_is_to_be_done_again_when_it_is_back_before_its_time_but_not_for_an_abort() {
        RunRecord run = journaled.in(new Working());
        done(workloads.asks(RUN, web(3, false)));
        step("done");
        done(workloads.back(RUN, web(3, false), false));
        assertThat(stepState()).isEqualTo("not pending");
        done(workloads.asks(RUN, web(3, false)));
        done(workloads.back(RUN, web(3, false), true));
        assertThat(stepState()).isEqualTo("pending");

        step("done");
        done(workloads.asks(RUN, web(3, false)));
        journaled.move(run, new Aborting(new Cause(Cause.Kind.OPERATOR, "ann", "slow")));
        done(workloads.back(RUN, web(3, false), true));
        assertThat(stepState()).isEqualTo("not pending");
        assertThat(down()).isEmpty();
    }

    @Test
    void a_run_that_has_ended_is_found_as_long_as_it_owes_what_can_be_brought_back() {
        RunRecord run = journaled.in(new Working());
        done(workloads.asks(RUN, web(3, false)));
        journaled.move(run, new Failed(FAILURE));
        done(journaled.lease.release());
        PgUnattended unattended = new PgUnattended(
                journaled.control, journaled.control, System::nanoTime, () -> Future.succeededFuture(Optional.empty()));
        assertThat(done(unattended.look())).contains(RUN);

        journaled.database.migrator().execute("UPDATE nightshift.workloads SET keep_down = true");
        assertThat(done(unattended.look())).isEmpty();
        journaled
                .database
                .migrator()
                .execute("UPDATE nightshift.workloads SET keep_down = false, refused = 'no right'");
        assertThat(done(unattended.look())).isEmpty();
        journaled
                .database
                .migrator()
                .execute("UPDATE nightshift.workloads SET refused = NULL, back_at = clock_timestamp()");
        assertThat(done(unattended.look())).isEmpty();
    }

    @Test
    void a_reply_reaches_the_worker_that_waits_and_no_other() {
        journaled.in(new Working());
        done(workloads.answer(RUN, 0, new StepReply.Done("gone")));
        assertThat(answer()).isEqualTo("null");
        step("running");
        done(workloads.answer(RUN, 0, new StepReply.Waits("2 pods")));
        assertThat(answer()).isEqualTo("{\"waits\": \"2 pods\"}");
        done(workloads.answer(RUN, 0, new StepReply.Done("gone")));
        assertThat(answer()).isEqualTo("{\"done\": \"gone\"}");
        assertThat(WorkloadRows.answer(WorkloadRows.answer(new StepReply.Refused(FAILURE.explanation()))))
                .isEqualTo(new StepReply.Refused(FAILURE.explanation()));
    }

    private String answer() {
        try (Connection connection = journaled.database.migrator().connect();
                Statement statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT detail -> 'answer' FROM nightshift.steps WHERE ordinal = 0")) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void sessions_are_found_by_role_and_name_and_ended_when_asked() throws SQLException {
        journaled.in(new Working());
        Sessions named = new Sessions(Optional.empty(), Optional.of("shop-web"), Optional.empty());
        Sessions nobodys = new Sessions(Optional.of("nobody"), Optional.of("shop-web"), Optional.empty());
        try (Connection web = journaled.database.migrator().connect()) {
            try (Statement statement = web.createStatement()) {
                statement.execute("SET application_name = 'shop-web'");
            }
            assertThat(done(workloads.sessions(named)))
                    .singleElement()
                    .asString()
                    .matches("session \\d+ of \\w+ \\(shop-web\\) from .*, idle");
            assertThat(done(workloads.sessions(nobodys))).isEmpty();
            assertThat(done(workloads.terminate(named))).isEqualTo(1);
            Await.until(
                    "the session is gone",
                    Duration.ofSeconds(20),
                    () -> done(workloads.sessions(named)).isEmpty());
        }
    }
}
