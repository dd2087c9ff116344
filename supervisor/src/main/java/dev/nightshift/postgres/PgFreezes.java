package dev.nightshift.postgres;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Freeze;
import dev.nightshift.run.Permanent;
import dev.nightshift.view.Freezes;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The freeze switch in the journal, through its own functions; for a thread that may block. */
public final class PgFreezes implements Freezes {

    private static final String ON = "SELECT to_jsonb(f) AS freeze FROM nightshift.frozen f ORDER BY f.id";
    private static final String FREEZE = "SELECT nightshift.freeze_for($1, $2, $3, $4)";
    private static final String THAW = "SELECT nightshift.thaw_for($1, $2, $3)";

    private final JournalLook journal;

    public PgFreezes(PgLine line) {
        this.journal = new JournalLook(line);
    }

    @Override
    public List<Freeze> on() {
        return journal.rows("looking for a freeze", ON, Tuple.tuple()).stream()
                .map(row -> JournalRows.freeze(row.getJsonObject("freeze")))
                .toList();
    }

    @Override
    public long freeze(Asked wish, Optional<Instant> until) {
        @Nullable OffsetDateTime end =
                until.map(at -> OffsetDateTime.ofInstant(at, ZoneOffset.UTC)).orElse(null);
        return one("freezing the database", FREEZE, Tuple.of(wish.reason(), end, wish.by(), wish.from()));
    }

    @Override
    public long thaw(Asked wish) {
        return one("thawing the database", THAW, Tuple.of(wish.reason(), wish.by(), wish.from()));
    }

    private long one(String doing, String sql, Tuple values) {
        List<Row> rows = journal.rows(doing, sql, values);
        if (rows.isEmpty()) {
            throw new Permanent(new Explanation(
                    "this database has no journal yet: no run was ever begun here",
                    doing,
                    Explanation.NOTHING_CHANGED,
                    "there is no run to stop; keep plans away from it, or give them an exception in `window`"));
        }
        return rows.get(0).getLong(0);
    }
}
