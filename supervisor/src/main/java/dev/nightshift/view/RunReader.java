package dev.nightshift.view;

import dev.nightshift.run.RunId;
import java.util.List;
import java.util.Optional;

/** Reads from a database's journal what people want to know; fails with a {@link dev.nightshift.run.Trouble}. */
public interface RunReader {

    /** The run with this id; without one the active run, else the newest. Empty when there is none. */
    Optional<StatusView> status(Optional<RunId> run);

    /** The newest runs first. */
    List<RunView> runs(int most);

    /** What is under way and what waits, and why. */
    QueueView queue();

    /** The newest events of a run, the oldest of them first. */
    List<EventView> events(RunId run, int most);

    Optional<RunSummary> summary(RunId run);

    /** The newest backups first. */
    List<BackupView> backups(int most);
}
