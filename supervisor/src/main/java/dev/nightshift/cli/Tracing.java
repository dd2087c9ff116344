package dev.nightshift.cli;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.view.StatementTrace;
import java.util.List;
import java.util.function.Consumer;

/** Carries out scripts in a scratch database and watches what they do. */
public interface Tracing {

    /**
     * Carries out each statement, in order, until one fails.
     *
     * @param each is told of every statement when it has ended
     * @return whether none failed
     * @throws dev.nightshift.run.Trouble when the database is not to be had, or is no scratch database
     */
    boolean trace(DatabaseUrl scratch, List<Script> scripts, Consumer<StatementTrace> each);
}
