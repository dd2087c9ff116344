package dev.nightshift.postgres;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.OutcomeUnknown;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.SqlState;
import dev.nightshift.worker.Statements.Result;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A statement that PostgreSQL refuses in a transaction: before it is sent that is written down, and when its answer did
 * not come the catalog says what became of it.
 */
final class LoneStatement {

    private static final Pattern REPEATABLE = Pattern.compile("(?is)(VACUUM|REINDEX|CLUSTER)\\b.*");

    private final StatementTry one;
    private final StatementRow row;
    private final Optional<IndexStatement> index;

    LoneStatement(StatementTry one, StatementRow row) {
        this.one = one;
        this.row = row;
        this.index = IndexStatement.of(one.step().sql());
    }

    Result run() {
        if (one.step().statement().buildsIndexConcurrently() && index.isEmpty()) {
            throw new Permanent(
                    new Explanation(
                            "the index has no name of its own, or its table no schema",
                            "running step " + one.step().name() + ": "
                                    + one.step().sql(),
                            Explanation.NOTHING_CHANGED,
                            "write CREATE INDEX CONCURRENTLY name ON schema.table: what is cut off is found again by its name"));
        }
        Optional<IndexState> before = index.flatMap(i -> IndexState.find(one.session(), i));
        Optional<Result> settled = settle(before);
        return settled.isPresent() ? settled.get() : send(before);
    }

    /** A result when there is nothing left to send. */
    private Optional<Result> settle(Optional<IndexState> found) {
        if (index.isEmpty()) {
            if (row.sent() && !REPEATABLE.matcher(one.step().sql()).matches()) {
                throw unknown();
            }
            return Optional.empty();
        }
        if (index.get().kind() == IndexStatement.Kind.DROP) {
            return row.sent() && found.isEmpty() ? Optional.of(new Result.Done("")) : Optional.empty();
        }
        return found.flatMap(state -> settleBuild(index.get(), state));
    }

    private Optional<Result> settleBuild(IndexStatement build, IndexState state) {
        if (state.builder() != 0) {
            return Optional.of(new Result.Blocked("session " + state.builder() + " builds this index now"));
        }
        if (!state.valid()) {
            return Optional.empty();
        }
        boolean ours = row.sent() && row.indexBefore() != state.oid();
        if (ours || build.ifExists() || build.defines(state.definition())) {
            return Optional.of(new Result.Done(ours ? "" : "was there before: " + state.definition()));
        }
        throw new Permanent(new Explanation(
                "another index has this name: " + state.definition(),
                "running step " + one.step().name() + ": " + one.step().sql(),
                Explanation.NOTHING_CHANGED,
                "choose another name, drop that index, or take the step out if it serves as well"));
    }

    private Result send(Optional<IndexState> before) {
        PgSession session = one.session();
        if (session.run(one.attempt().lockSql(), ControlLine.PATIENCE).size() == 0) {
            return PgStatements.notPermitted(one);
        }
        StatementRow.sending(
                session,
                one.attempt(),
                one.ordinal(),
                before.map(IndexState::oid).orElse(0L));
        try {
            if (index.isPresent() && index.get().kind() == IndexStatement.Kind.CREATE && before.isPresent()) {
                one.attempt().activity().now("drops the invalid index that an earlier build left");
                one.send("DROP INDEX CONCURRENTLY IF EXISTS " + index.get().quoted());
            }
            one.send(one.step().sql());
            return new Result.Done("");
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private Result failed(RuntimeException e) {
        if (SqlStates.of(e) == SqlState.CONNECTION_LOST || !one.session().isOpen()) {
            one.session().close();
            return new Result.CutOff(PgFailures.what(e));
        }
        Result result;
        try {
            result = one.ended(e, "an index that was begun is cleared away");
        } catch (RuntimeException trouble) {
            clearInvalid();
            StatementRow.answered(one.session(), one.attempt(), one.ordinal());
            throw trouble;
        }
        if (index.isEmpty()) {
            StatementRow.answered(one.session(), one.attempt(), one.ordinal());
        }
        return result;
    }

    /** A build that failed for good leaves an index that costs every writer and serves nobody. */
    private void clearInvalid() {
        if (index.isPresent() && index.get().kind() == IndexStatement.Kind.CREATE) {
            IndexState.find(one.session(), index.get())
                    .filter(state -> !state.valid() && state.builder() == 0)
                    .ifPresent(state -> one.send(
                            "DROP INDEX CONCURRENTLY IF EXISTS " + index.get().quoted()));
        }
    }

    private OutcomeUnknown unknown() {
        return new OutcomeUnknown(new Explanation(
                "the session ended before the answer came",
                "running step " + one.step().name() + ": " + one.step().sql(),
                "the statement may or may not have gone through",
                "look whether it did; then nightshift retry runs it again, nightshift abort undoes"));
    }
}
