package dev.nightshift.postgres;

import dev.nightshift.run.RunId;
import dev.nightshift.view.Intents;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes people's commands through the journal's own functions; for a thread that may block. */
public final class PgIntents implements Intents {

    private static final String ASK = "SELECT nightshift.ask($1, $2, $3, $4, $5, $6)";
    private static final String ASK_ONCE = "SELECT nightshift.ask_once($7, $8, $1, $2, $3, $4, $5, $6)";
    private static final String OUTCOME =
            "SELECT outcome FROM nightshift.intents WHERE id = $1 AND observed_at IS NOT NULL";

    private static final String REFUSED = "SELECT nightshift.refused($1, $2, $3, $4, $5, $6, $7)";

    private final PgLine line;

    public PgIntents(PgLine line) {
        this.line = line;
    }

    @Override
    public long ask(Asked command) {
        return write(ASK, command.run(), values(command));
    }

    @Override
    public long askOnce(Asked command, String key) {
        return write(ASK_ONCE, command.run(), values(command).addString(key).addBoolean(false));
    }

    @Override
    public long alert(Asked command, String key) {
        return write(ASK_ONCE, command.run(), values(command).addString(key).addBoolean(true));
    }

    @Override
    public void refused(Asked command, String why) {
        String doing = "writing down what was refused";
        Patiently.await(doing, line.ask(doing, REFUSED, values(command).addString(why)));
    }

    private static Tuple values(Asked command) {
        String kind = command.kind().name().toLowerCase(Locale.ROOT);
        return Tuple.of(
                kind, command.reason(), command.run().text(), command.immediate(), command.by(), command.from());
    }

    /** A run in the queue has no supervisor who would see the command. */
    private long write(String sql, RunId run, Tuple values) {
        String doing = "writing the command down";
        long number =
                Patiently.await(doing, line.ask(doing, sql, values)).get(0).getLong(0);
        Patiently.done(doing, new PgQueue(line).settle(run));
        return number;
    }

    @Override
    public Optional<String> outcome(long number) {
        String doing = "looking what came of the command";
        List<Row> rows = Patiently.await(doing, line.ask(doing, OUTCOME, Tuple.of(number)));
        return rows.stream().findFirst().map(row -> row.getString("outcome"));
    }

    /** Needs no lease: whoever may end the sessions and raise the epoch may stop the work. */
    @Override
    public void stopWork(RunId run, boolean immediate) {
        Patiently.done("stopping the work", new PgPermits(line, UUID.randomUUID()).revoke(run, immediate));
    }
}
