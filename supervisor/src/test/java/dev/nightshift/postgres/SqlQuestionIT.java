package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.guards.guard.GuardKind;
import dev.nightshift.guards.guard.Limit;
import dev.nightshift.guards.guard.Limits;
import dev.nightshift.guards.guard.Probe;
import dev.nightshift.sandbox.Await;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlQuestionIT {

    private static final Stage STAGE = new Stage();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT 42 | 42",
                "SELECT count(*) FROM pg_class WHERE false | 0",
                "SELECT 0.25::numeric -- a share | 0.25",
                "WITH a AS (SELECT 7 AS n) SELECT n FROM a | 7",
                "SELECT NULL | the query answers nothing",
                "SELECT 1 WHERE false | the query answers nothing",
                "SELECT 1 UNION ALL SELECT 2 | more than one row",
                "SELECT 1, 2 | must return only one column",
                "SELECT true | cannot cast type boolean",
                "SELECT 'much' | invalid input syntax",
                "SELECT 1 / 0 | division by zero",
                "SELECT 1 FROM public.nowhere | does not exist",
                "WITH a AS (DELETE FROM nightshift.runs RETURNING 1) SELECT 1 | data-modifying statement",
                "SELECT nextval('public.numbers') | read-only transaction",
            })
    void one_row_of_one_number_is_an_answer_and_all_else_is_none(String sql, String expected) {
        STAGE.migrator.execute("CREATE SEQUENCE IF NOT EXISTS public.numbers");
        SqlQuestion question = question(sql, Duration.ofSeconds(5));
        if (expected.matches("[0-9.]+")) {
            assertThat(answer(question)).isEqualTo(Double.parseDouble(expected));
        } else {
            assertThatThrownBy(() -> answer(question)).hasMessageContaining(expected);
        }
        question.close();
    }

    @Test
    void a_slow_query_is_ended_by_the_server_and_the_next_one_is_answered() {
        STAGE.migrator.execute("CREATE TABLE public.slow (seconds int)", "INSERT INTO public.slow VALUES (60)");
        SqlQuestion question =
                question("SELECT 5 FROM (SELECT pg_sleep(s.seconds) FROM public.slow s) x", Duration.ofMillis(300));

        assertThatThrownBy(() -> answer(question)).hasMessageContaining("statement timeout");
        Await.until(
                "nothing of it runs",
                PATIENCE,
                () -> STAGE.migrator.truth("SELECT NOT EXISTS (SELECT FROM pg_stat_activity"
                        + " WHERE application_name = 'nightshift/supervisor/guards' AND state = 'active')"));
        STAGE.migrator.execute("UPDATE public.slow SET seconds = 0");
        assertThat(answer(question)).isEqualTo(5);
        question.close();
    }

    @Test
    void a_session_that_was_ended_is_opened_anew() {
        SqlQuestion question = question("SELECT 1", Duration.ofSeconds(5));
        answer(question);
        STAGE.migrator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'nightshift/supervisor/guards'");

        Await.until("it is asked again", PATIENCE, () -> {
            try {
                return answer(question) == 1;
            } catch (RuntimeException e) {
                return false;
            }
        });
        question.close();
    }

    private static SqlQuestion question(String sql, Duration timeout) {
        return new SqlQuestion(
                STAGE.sessions,
                new Probe(GuardKind.CUSTOM_SQL, "test", sql, "", timeout, new Limits(null, Limit.of(1), null)));
    }

    private static double answer(SqlQuestion question) {
        return Patiently.done("asking", question.ask());
    }
}
