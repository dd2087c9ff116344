package dev.nightshift.drive;

import dev.nightshift.run.RunRecord;

/** Shows people and machines what happens to a run, as it happens: a terminal, JSON lines, metrics. */
public interface Announcer {

    /** Something was written to the run's history. */
    void happened(RunRecord run, Event event);

    /** A second has passed. */
    void ticked(Tick tick);
}
