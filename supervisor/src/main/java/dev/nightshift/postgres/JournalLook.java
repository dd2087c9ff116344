package dev.nightshift.postgres;

import dev.nightshift.run.SqlState;
import dev.nightshift.run.Trouble;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;

/** Asks the journal on a thread that may block; where no journal is installed there are no rows. */
final class JournalLook {

    private final PgLine line;

    JournalLook(PgLine line) {
        this.line = line;
    }

    List<Row> rows(String doing, String sql, Tuple values) {
        try {
            return answer(doing, sql, values);
        } catch (Trouble trouble) {
            if (SqlStates.of(trouble) == SqlState.MISSING && hasNoJournal()) {
                return List.of();
            }
            throw trouble;
        }
    }

    private boolean hasNoJournal() {
        return answer("looking for the journal", "SELECT to_regclass('nightshift.runs') IS NULL", Tuple.tuple())
                .get(0)
                .getBoolean(0);
    }

    private List<Row> answer(String doing, String sql, Tuple values) {
        return Patiently.await(doing, line.ask(doing, sql, values));
    }
}
