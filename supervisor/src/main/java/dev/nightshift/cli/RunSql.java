package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.run.RunId;

/** What the SQL of a run's plan works on, as one process tells it another. */
public interface RunSql {

    /** Blocks; the document says as well why it cannot be read. */
    String read(DatabaseUrl url, RunId run);
}
