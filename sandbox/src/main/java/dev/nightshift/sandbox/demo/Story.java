package dev.nightshift.sandbox.demo;

import dev.nightshift.sandbox.Login;
import dev.nightshift.sandbox.Row;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the journal says of the newest run, read by SQL alone. */
record Story(
        String run,
        String state,
        Instant end,
        Optional<Backup> backup,
        long rowsDone,
        List<Step> steps,
        List<Peak> peaks,
        List<Interruption> interruptions) {

    /** A backup as the journal has it. */
    record Backup(String state, String verification, long bytes) {}

    /** A step of the plan or of its abort plan. */
    record Step(String part, String name, String state) {}

    /** The worst reading of a signal. */
    record Peak(String signal, String subject, double value) {}

    private static final String RUN =
            "SELECT id, state, coalesce(ended_at, clock_timestamp()) AS ended FROM nightshift.runs ORDER BY created_at DESC LIMIT 1";
    private static final String BACKUP =
            "SELECT state, verification, coalesce(bytes, 0) AS bytes FROM nightshift.backups"
                    + " WHERE run_id = ? ORDER BY started_at DESC LIMIT 1";
    private static final String ROWS = "SELECT coalesce(sum(p.rows), 0) FROM nightshift.progress p"
            + " JOIN nightshift.steps s ON s.run_id = p.run_id AND s.ordinal = p.step WHERE p.run_id = ? AND s.name = ?";
    private static final String STEPS =
            "SELECT part, name, state FROM nightshift.steps WHERE run_id = ? ORDER BY ordinal";
    private static final String PEAKS =
            "SELECT signal, subject, max(value) AS value FROM nightshift.readings WHERE run_id = ? AND signal IN"
                    + " ('replica-lag', 'replica-bytes') GROUP BY signal, subject ORDER BY subject, signal DESC";
    private static final String EVENTS =
            "SELECT at, kind, subject, message FROM nightshift.events WHERE run_id = ? ORDER BY id";

    /** Empty when there is no journal, or no run in it. */
    static Optional<Story> read(Login login) {
        return login.truth("SELECT to_regclass('nightshift.runs') IS NOT NULL")
                ? login.rows(RUN).stream().findFirst().map(run -> of(login, run))
                : Optional.empty();
    }

    private static Story of(Login login, Row run) {
        String id = run.text("id");
        Instant end = run.instant("ended");
        List<Interruption.Event> history = login.rows(EVENTS, id).stream()
                .map(row -> new Interruption.Event(
                        row.instant("at"), row.text("kind"), row.text("subject"), row.text("message")))
                .toList();
        return new Story(
                id,
                run.text("state"),
                end,
                login.rows(BACKUP, id).stream().map(Story::backup).findFirst(),
                login.number(ROWS, id, DemoPlan.BACKFILL),
                login.rows(STEPS, id).stream()
                        .map(row -> new Step(row.text("part"), row.text("name"), row.text("state")))
                        .toList(),
                login.rows(PEAKS, id).stream()
                        .map(row -> new Peak(row.text("signal"), row.text("subject"), row.decimal("value")))
                        .toList(),
                Interruption.in(history, end));
    }

    private static Backup backup(Row row) {
        return new Backup(row.text("state"), row.text("verification"), row.number("bytes"));
    }
}
