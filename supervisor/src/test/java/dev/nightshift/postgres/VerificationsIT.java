package dev.nightshift.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightshift.run.Claim;
import dev.nightshift.run.RunId;
import dev.nightshift.worker.Attempt;
import dev.nightshift.worker.Mandate;
import dev.nightshift.worker.Stop;
import dev.nightshift.worker.Verifications.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationsIT {

    private static final Stage STAGE = new Stage();
    private static final RunId RUN = STAGE.run("- verify: {name: v, sql: SELECT true}");
    private static final Claim CLAIM = STAGE.claim(RUN);

    @AfterAll
    static void close() {
        STAGE.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT true | true | true",
                "SELECT false | false | false",
                "SELECT NULL::boolean | false | NULL",
                "SELECT true WHERE false | false | no row",
                "SELECT true FROM generate_series(1, 3) | false | 3 rows",
                "SELECT true, true | false | 2 columns",
                "SELECT 'true'::text | false | 'true'",
                "SELECT 1 | false | '1'",
            })
    void only_one_row_that_says_true_will_do(String sql, boolean holds, String seen) {
        var step = (dev.nightshift.plan.VerifyStep)
                STAGE.plan("- verify: {name: v, sql: \"" + sql + "\"}").steps().get(0);
        Attempt attempt = new Attempt(CLAIM, Mandate.WORK, sentence -> {}, new Stop());
        assertThat(new PgVerifications(STAGE.sessions).ask(step, attempt)).isEqualTo(new Answer(holds, seen));
    }
}
