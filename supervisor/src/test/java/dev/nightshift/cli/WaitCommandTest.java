package dev.nightshift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.cli.screen.Views;
import dev.nightshift.run.AbortIncomplete;
import dev.nightshift.run.Aborted;
import dev.nightshift.run.Aborting;
import dev.nightshift.run.Cause;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failed;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunState;
import dev.nightshift.run.Succeeded;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Unclear;
import dev.nightshift.run.Working;
import dev.nightshift.view.RunView;
import dev.nightshift.view.SchemaMark;
import dev.nightshift.view.SchemaMark.State;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaitCommandTest {

    private static final String NAME = "orders-total-cents";
    private static final Cause LAG = new Cause(Cause.Kind.GUARD, "replica-lag", "lag > 5 m");
    private static final Explanation AWAY = new Explanation(
            "nobody answers", "connecting to shop as ann", "nothing was changed", "check host and port");

    private final FakeDatabase database = new FakeDatabase();

    @Test
    void is_released_when_the_run_has_succeeded_and_holds_no_connection_meanwhile() {
        goesThrough(new Working(), new Working(), new Succeeded());

        Typed typed = Typed.in(database, "wait", "--run", NAME);

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("run 7f3kmq (orders-total-cents): succeeded\n");
        assertThat(typed.err()).isEqualTo("waiting: run 7f3kmq (orders-total-cents): working\n");
        assertThat(database.opened).isEqualTo(3);
        assertThat(database.closed).isEqualTo(3);
    }

    static Stream<Arguments> badEnds() {
        Explanation why = new Explanation("no space", "filling", "as it was left", "make room");
        return Stream.of(
                Arguments.of(new Aborted(LAG), 5, "why:   lag > 5 m (replica-lag)"),
                Arguments.of(new Aborted(new Cause(Cause.Kind.OPERATOR, "ann@desk", "slow")), 6, "slow (ann@desk)"),
                Arguments.of(new AbortIncomplete(LAG, List.of("DROP INDEX x")), 7, "left:  DROP INDEX x"),
                Arguments.of(new Failed(new Failure(Failure.Kind.STEP, why)), 12, "while: filling"),
                Arguments.of(new Failed(new Failure(Failure.Kind.BACKUP, why)), 4, "no space"),
                Arguments.of(new Failed(new Failure(Failure.Kind.PREFLIGHT, why)), 3, "make room"),
                Arguments.of(new Unclear("was the index built?"), 13, "was the index built?"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badEnds")
    void a_run_that_ends_otherwise_ends_the_waiting_with_its_code_and_reason(RunState end, int code, String reason) {
        goesThrough(new Working(), end);

        Typed typed = Typed.in(database, "wait", "--run", "7f3kmq");

        assertThat(typed.code()).isEqualTo(code);
        assertThat(typed.out()).contains(end.word());
        assertThat(typed.err()).contains(reason, "do:    ");
    }

    @Test
    void an_unknown_run_is_waited_for_until_the_time_is_up() {
        Typed typed = Typed.in(database, "wait", "--run", NAME, "--timeout", "5m");

        assertThat(typed.code()).isEqualTo(124);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err()).contains("not within 5 min: there is no run orders-total-cents yet");
    }

    @Test
    void an_unknown_run_ends_the_waiting_at_once_where_it_must_exist() {
        Typed typed = Typed.in(database, "wait", "--run", NAME, "--must-exist");

        assertThat(typed.code()).isEqualTo(2);
        assertThat(typed.err()).contains("this database has no run orders-total-cents");
        assertThat(database.opened).isEqualTo(1);
        assertThat(database.closed).isEqualTo(1);
    }

    @Test
    void a_database_that_is_away_is_waited_for_and_one_that_refuses_is_not() {
        database.unreachable = Optional.of(new Transient(AWAY));
        assertThat(Typed.in(database, "wait", "--run", NAME, "--timeout", "1m"))
                .satisfies(t -> assertThat(t.code()).isEqualTo(124))
                .satisfies(t -> assertThat(t.err()).contains("waiting: nobody answers", "not within 1 min"));

        database.unreachable = Optional.of(new Permanent(AWAY));
        assertThat(Typed.in(database, "wait", "--run", NAME).code()).isEqualTo(3);
    }

    @Test
    void a_plan_means_exactly_its_own_run(@TempDir Path directory) throws IOException {
        Path plan = Files.writeString(directory.resolve("plan.yaml"), """
                nightshift: 1
                name: orders-total-cents
                database: {url: "postgresql://migrator@localhost:5432/shop"}
                replicas: none
                backup: none
                steps:
                  - statement: {name: one, sql: "SELECT 1"}
                """);
        goesThrough(new Succeeded());

        Typed typed = Typed.in(database, Map.of(), "wait", "--plan", plan.toString(), "--timeout", "1s");

        assertThat(typed.code()).isEqualTo(124);
        assertThat(typed.err()).contains("no run orders-total-cents of a plan with hash ");
    }

    @Test
    void a_hash_chooses_among_the_runs_of_a_name() {
        goesThrough(new Succeeded());

        assertThat(Typed.in(database, "wait", "--run", NAME, "--hash", "0123ab").code())
                .isZero();
        assertThat(Typed.in(database, "wait", "--run", NAME, "--hash", "ffffff", "--timeout", "1s")
                        .code())
                .isEqualTo(124);
        assertThat(Typed.in(database, "wait", "--schema-version", "4", "--hash", "0123ab")
                        .code())
                .isEqualTo(2);
        assertThat(Typed.in(database, "wait", "--run", NAME, "--hash", "Z").code())
                .isEqualTo(2);
    }

    @Test
    void a_program_reads_what_it_waited_for() {
        goesThrough(new Aborted(LAG));

        JsonObject document = new JsonObject(
                Typed.in(database, "wait", "--run", NAME, "-o", "json").out());

        assertThat(document.getString("kind")).isEqualTo("WaitResult");
        assertThat(document.getString("outcome")).isEqualTo("ended");
        assertThat(document.getInteger("exitCode")).isEqualTo(5);
        assertThat(document.getJsonObject("run").getString("id")).isEqualTo("7f3kmq");
        assertThat(document.getValue("schema")).isNull();
    }

    @Test
    void through_a_server_it_connects_once() {
        goesThrough(new Working(), new Succeeded());

        Typed typed = Typed.in(
                database,
                Map.of("NIGHTSHIFT_TOKEN", "t"),
                "wait",
                "--run",
                NAME,
                "--server",
                "http://127.0.0.1:8443/shop");

        assertThat(typed.code()).isZero();
        assertThat(database.done).containsExactly("asked http://127.0.0.1:8443/shop with t");
        assertThat(database.opened).isZero();
    }

    @Test
    void a_version_is_waited_for_until_it_is_applied() {
        marks(mark(State.ABSENT, ""), mark(State.PENDING, ""), mark(State.APPLIED, ""));

        Typed typed = Typed.in(database, "wait", "--schema-version", "4.2", "--history", "shop.History");

        assertThat(typed.code()).isZero();
        assertThat(typed.out()).isEqualTo("version 4.2 is applied\n");
        assertThat(database.done).containsOnly("looked for 4.2 in \"shop\".\"history\"");
    }

    @Test
    void a_failed_migration_ends_the_waiting_unless_a_run_is_at_work_on_it() {
        marks(mark(State.PENDING, "V4__x.sql", new Working()), mark(State.PENDING, "V4__x.sql"));

        Typed typed = Typed.in(database, "wait", "--schema-version", "4.2");

        assertThat(typed.code()).isEqualTo(12);
        assertThat(typed.out()).isEqualTo("migration V4__x.sql failed\n");
        assertThat(database.opened).isEqualTo(2);
    }

    @Test
    void a_run_that_ends_badly_meanwhile_ends_the_waiting_for_a_version() {
        marks(mark(State.PENDING, "", new Working()), mark(State.PENDING, "", new Aborted(LAG)));

        assertThat(Typed.in(database, "wait", "--schema-version", "4.2").code()).isEqualTo(5);
    }

    @Test
    void a_run_that_ended_badly_before_says_nothing_about_the_next() {
        marks(mark(State.PENDING, "", new Aborted(LAG)), mark(State.APPLIED, "", new Aborted(LAG)));

        assertThat(Typed.in(database, "wait", "--schema-version", "4.2").code()).isZero();
    }

    @Test
    void a_version_whose_run_is_being_aborted_may_be_undone_and_releases_nobody() {
        marks(mark(State.APPLIED, "", new Aborting(LAG)), mark(State.APPLIED, "", new Aborted(LAG)));

        Typed typed = Typed.in(database, "wait", "--schema-version", "4.2");

        assertThat(typed.code()).isEqualTo(5);
        assertThat(typed.err()).contains("is applied and may be undone");
    }

    @Test
    void what_is_waited_for_must_be_one_thing_that_can_be_read() {
        assertThat(Typed.in(database, "wait").code()).isEqualTo(2);
        assertThat(Typed.in(database, "wait", "--run", NAME, "--schema-version", "4")
                        .code())
                .isEqualTo(2);
        assertThat(Typed.in(database, "wait", "--schema-version", "four").code())
                .isEqualTo(2);
    }

    /** Each state is seen once, the last one for ever. */
    private void goesThrough(RunState... states) {
        Deque<RunState> left = new ArrayDeque<>(List.of(states));
        database.status = Optional.of(Views.status(left.removeFirst()));
        database.afterLook = view -> Optional.of(left.isEmpty() ? view : Views.status(left.removeFirst()));
    }

    private void marks(SchemaMark... marks) {
        Deque<SchemaMark> left = new ArrayDeque<>(List.of(marks));
        database.schema = () -> left.size() > 1 ? left.removeFirst() : left.getFirst();
    }

    private static SchemaMark mark(State state, String failed, RunState... run) {
        Optional<RunView> migrating = Stream.of(run).findFirst().map(Views::run);
        Optional<String> script = Optional.of(failed).filter(text -> !text.isEmpty());
        return new SchemaMark("4.2", state, Optional.of("4.1"), script, migrating);
    }
}
