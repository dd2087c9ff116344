package dev.nightshift.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs one SQL statement.
 *
 * @param undoes of an abort step: the step without which there is nothing to do, so that nothing is taken away which the
 *     run has not made
 * @param expected how long it takes at most, where the plan says so
 */
public record StatementStep(String name, String sql, Optional<String> undoes, Optional<Duration> expected)
        implements Step {

    public StatementStep {
        Names.check("a step's name", name);
        sql = one(sql).text();
    }

    public StatementStep(String name, String sql) {
        this(name, sql, Optional.empty());
    }

    public StatementStep(String name, String sql, Optional<String> undoes) {
        this(name, sql, undoes, Optional.empty());
    }

    /**
     * The one statement in the text.
     *
     * @throws IllegalArgumentException when there is none or more than one, or it is not for a step to say
     */
    static SqlStatement one(String sql) {
        SqlText text = SqlText.of(sql);
        if (text.flaw().isPresent()) {
            throw new IllegalArgumentException(
                    "expected a whole SQL statement, found " + text.flaw().get());
        }
        List<SqlStatement> statements = text.statements();
        if (statements.size() != 1) {
            throw new IllegalArgumentException("expected exactly one SQL statement, found "
                    + (statements.isEmpty() ? "none" : statements.size() + "; give each a step of its own"));
        }
        SqlStatement statement = statements.get(0);
        if (statement.controlsTransaction()) {
            throw new IllegalArgumentException("expected a statement without transaction control, found '"
                    + statement.text() + "'; each step commits by itself");
        }
        if (!statement.beginsWithWord() && !statement.isQuery()) {
            throw new IllegalArgumentException("expected SQL, found '" + statement.text() + "'");
        }
        return statement;
    }

    public SqlStatement statement() {
        return one(sql);
    }

    @Override
    public StatementClass statementClass() {
        return statement().statementClass();
    }

    @Override
    public String kind() {
        return "statement";
    }
}
