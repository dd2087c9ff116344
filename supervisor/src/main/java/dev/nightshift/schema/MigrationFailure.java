package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationInfo;

/** Explains why a migration did not go through, and what state it left the database in. */
final class MigrationFailure {

    private static final Pattern LINE = Pattern.compile("(?m)^Line\\s*: (\\d+)$");
    private static final String ROLLED_BACK = "it was rolled back; migrations before it stay applied";

    private MigrationFailure() {}

    static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Something failed before a migration was begun. */
    static Trouble before(Exception e, SchemaStep step) {
        String doing = "preparing the migrations of schema step " + step.name();
        String state = "no migration was begun; what was applied before stays";
        Optional<Trouble> trouble = cause(e, Trouble.class);
        if (trouble.isPresent()) {
            return trouble.get();
        }
        Optional<SQLException> sql = SqlTrouble.find(e);
        return sql.isPresent()
                ? SqlTrouble.of(sql.get(), doing, state)
                : new Permanent(
                        new Explanation(
                                "Flyway: " + FlywayReason.of(e),
                                doing,
                                state,
                                "put right what it says, then start again"),
                        e);
    }

    /** The migration itself is at fault. */
    static Trouble of(RuntimeException e, MigrationInfo migration, MigrationGuard guard) {
        Optional<Unfinished> sent = guard.sent();
        String state = sent.isEmpty()
                ? ROLLED_BACK
                : "statement " + (sent.get().statement() + 1) + " failed outside a transaction"
                        + (sent.get().statement() == 0 ? "" : "; the statements before it stay")
                        + sent.get()
                                .index()
                                .map(index -> "; index " + index.name() + " may be left invalid")
                                .orElse("");
        String todo = sent.isEmpty()
                ? "correct the migration or the data, then `nightshift retry`"
                : "put right what it says, then `nightshift retry`: it drops an invalid index of its own and goes on"
                        + " with that statement";
        return new Permanent(new Explanation(what(e, migration), doing(migration), state, todo), e);
    }

    static Trouble gaveUp(RuntimeException e, MigrationInfo migration, String blocker, int tries) {
        return new Permanent(
                new Explanation(
                        "no lock for " + migration.getScript() + " in " + tries + " tries: " + blocker,
                        doing(migration),
                        ROLLED_BACK,
                        "end the session in the way or choose a quieter time, then `nightshift retry`"),
                e);
    }

    static Trouble lost(RuntimeException e, MigrationInfo migration) {
        return new Transient(
                new Explanation(
                        "the connection ended: "
                                + SqlTrouble.find(e).map(SqlTrouble::firstLine).orElse(""),
                        doing(migration),
                        "Flyway's history and the catalog say how far it got",
                        "nothing: it looks there and goes on"),
                e);
    }

    static Trouble unknown(RuntimeException e, MigrationInfo migration, Unfinished sent) {
        return new OutcomeUnknown(
                new Explanation(
                        "the session ended while " + migration.getScript() + " ran outside a transaction",
                        doing(migration),
                        "statement " + (sent.statement() + 1) + " may or may not have been carried out",
                        "look whether it happened; `nightshift retry` carries it out again"),
                e);
    }

    static Trouble changedInBetween(MigrationInfo migration, int statements) {
        return new Permanent(new Explanation(
                migration.getScript() + " was changed after " + statements + " of its statements were carried out",
                doing(migration),
                "those statements stay, the others were not carried out",
                "bring the file back as it was, or finish by hand and mark the migration as applied"));
    }

    private static String doing(MigrationInfo migration) {
        return "applying migration " + migration.getVersion() + " (" + migration.getScript() + ")";
    }

    private static String what(RuntimeException e, MigrationInfo migration) {
        Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
        String place = migration.getScript() + (line.find() ? " line " + line.group(1) : "");
        return SqlTrouble.find(e)
                .map(sql -> place + ": " + SqlTrouble.firstLine(sql) + " (" + sql.getSQLState() + ")")
                .orElseGet(() -> place + ": " + FlywayReason.of(e));
    }
}
