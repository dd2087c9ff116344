package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightshift.plan.VerifyStep;
import dev.nightshift.run.Permanent;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Verifications.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a verification takes for a yes: one row with true, and nothing else. */
class VerificationsIT {

    private static final Stage STAGE = new Stage();

    @BeforeAll
    static void table() {
        STAGE.migrator.execute(
                "CREATE TABLE public.t (id int PRIMARY KEY, ok boolean)",
                "INSERT INTO public.t VALUES (1, true), (2, NULL)");
    }

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT count(*) = 2 FROM public.t | true | true",
                "SELECT false | false | false",
                "SELECT NULL::boolean | false | NULL",
                "SELECT ok FROM public.t WHERE id = 2 | false | NULL",
                "SELECT bool_and(ok) FROM public.t WHERE id > 2 | false | NULL",
                "SELECT ok FROM public.t WHERE id = 3 | false | no row",
                "SELECT true FROM public.t | false | 2 rows",
                "SELECT true, true | false | 2 columns",
                "SELECT 'true' | false | 'true'",
                "SELECT 1 | false | '1'"
            })
    void only_one_row_with_true_holds(String sql, boolean holds, String seen) {
        assertThat(ask(sql)).isEqualTo(new Answer(holds, seen));
    }

    @Test
    void a_question_that_writes_is_refused_by_the_server() {
        STAGE.migrator.execute("CREATE FUNCTION public.writes() RETURNS boolean LANGUAGE sql"
                + " AS 'DELETE FROM public.t RETURNING true'");
        assertThatThrownBy(() -> ask("SELECT public.writes()")).isInstanceOf(Permanent.class);
        assertThat(STAGE.migrator.number("SELECT count(*) FROM public.t")).isEqualTo(2);
    }

    @Test
    void rows_that_a_policy_hides_are_an_error_and_not_a_yes() {
        STAGE.migrator.execute(
                "CREATE TABLE public.hidden (id int)",
                "INSERT INTO public.hidden VALUES (1)",
                "ALTER TABLE public.hidden ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        assertThatThrownBy(() -> ask("SELECT NOT EXISTS (SELECT FROM public.hidden)"))
                .isInstanceOf(Permanent.class)
                .hasMessageContaining("row-level security");
    }

    private static Answer ask(String sql) {
        Attempt attempt = new Attempt(
                STAGE.claim(STAGE.run("- verify: {name: v, sql: SELECT true}")),
                Mandate.WORK,
                sentence -> {},
                new Stop());
        return new PgVerifications(STAGE.sessions).ask(new VerifyStep("v", sql), attempt);
    }
}
