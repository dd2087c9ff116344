package dev.nightshift.plan;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a tool of somebody else, such as {@code alembic upgrade head}, as a process of the worker.
 *
 * @param doneWhen a query that tells by one row with true that nothing is left to do; empty when nothing can tell
 * @param sql the command line that prints what the tool would do; empty when it cannot
 */
public record ExternalStep(
        String name, ToolCommand tool, Limits limits, Optional<String> doneWhen, List<String> sql, History history)
        implements Step {

    /** In {@link #sql}: stands for the revision that the database has. */
    public static final String CURRENT = "{current}";

    /**
     * How long things may take.
     *
     * @param timeout for the whole tool
     * @param lockTimeout for each lock that a statement of it waits for
     * @param heldBack whether a guard's hold cancels it
     */
    public record Limits(Duration timeout, Duration lockTimeout, boolean heldBack) {}

    /**
     * How the tool's own history is looked at before it starts.
     *
     * @param revisions empty when it is not known to have one
     * @param head the only revision up to which it may go; empty for whatever its files say
     */
    public record History(Optional<RevisionCommands> revisions, Optional<String> head) {}

    public ExternalStep {
        Names.check("a step's name", name);
        doneWhen = doneWhen.map(query -> VerifyStep.query(query).text());
        sql = List.copyOf(sql);
    }

    /** Whether what it would do can only be printed for the revision that the database has. */
    public boolean printsFromCurrent() {
        return sql.stream().anyMatch(word -> word.contains(CURRENT));
    }

    @Override
    public StatementClass statementClass() {
        return StatementClass.CANCEL_ONLY;
    }

    @Override
    public String kind() {
        return "external";
    }
}
