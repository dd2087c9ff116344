package dev.nightshift.schema;

import dev.nightshift.plan.SchemaStep;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.worker.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what came of a migration outside a transaction that an earlier try did not finish, clears away what this
 * run made and nobody can use, and says where to go on.
 */
final class Leftovers {

    private final Connection session;
    private final SchemaStep step;
    private final Attempt attempt;
    private final MigrationWatch watch;

    Leftovers(Connection session, SchemaStep step, Attempt attempt, MigrationWatch watch) {
        this.session = session;
        this.step = step;
        this.attempt = attempt;
        this.watch = watch;
    }

    /**
     * A migration that goes on in the middle.
     *
     * @param script its file
     * @param statements so many of its statements were carried out
     */
    record Resume(String script, int checksum, int statements) {}

    /**
     * Leaves no failed row of this run in Flyway's history and no invalid index that it made.
     *
     * @throws Permanent when a migration failed that is not this run's
     * @throws OutcomeUnknown when nothing tells whether the last statement was carried out
     */
    Optional<Resume> settle() throws SQLException {
        History history = History.of(session);
        Optional<Unfinished> unfinished = Unfinished.read(session, attempt, step.name());
        checkFailed(history.failed(), unfinished);
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        Unfinished last = unfinished.get();
        if (history.applied(last.script())) {
            Unfinished.settled(session, attempt, step.name());
            return Optional.empty();
        }
        boolean done = carriedOut(last);
        history.forgetFailed(last.script());
        return Optional.of(new Resume(last.script(), last.checksum(), last.statement() + (done ? 1 : 0)));
    }

    private void checkFailed(List<String> failed, Optional<Unfinished> unfinished) {
        List<String> foreign = failed.stream()
                .filter(script ->
                        unfinished.isEmpty() || !unfinished.get().script().equals(script))
                .toList();
        if (!foreign.isEmpty()) {
            throw new Permanent(new Explanation(
                    "migration " + String.join(", ", foreign) + " failed before, outside this run",
                    "looking at " + History.TABLE,
                    Explanation.NOTHING_CHANGED,
                    "see what is left of it, clear that away, and take its row out with Flyway's repair"));
        }
    }

    private boolean carriedOut(Unfinished last) throws SQLException {
        if (last.index().isEmpty()) {
            if (last.unanswered()) {
                throw unknown(last, "statement " + (last.statement() + 1) + " may or may not have been carried out");
            }
            return false;
        }
        ConcurrentIndex index = last.index().get();
        return switch (index.outcome(session)) {
            case DONE -> true;
            case ABSENT -> false;
            case BUILDING -> throw unknown(last, "index " + index.name() + " is being built by another session");
            case INVALID -> {
                watch.doing("dropping the invalid index " + index.name() + " that an earlier try left");
                index.drop(session);
                yield false;
            }
        };
    }

    private OutcomeUnknown unknown(Unfinished last, String question) {
        return new OutcomeUnknown(new Explanation(
                "the session ended while " + last.script() + " ran outside a transaction",
                "finding out what came of it",
                question,
                "look whether it happened; `nightshift retry` carries statement " + (last.statement() + 1)
                        + " of the file out again"));
    }
}
