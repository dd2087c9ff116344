package dev.nightshift.worker;

import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.WorkPace;
import java.util.List;
import java.util.Optional;

/**
 * What a worker reads and writes under its claim. Every write fails with {@link WorkEnded} and changes nothing when the
 * claim is not its own any more; every method throws {@link dev.nightshift.run.Trouble} when the database is away.
 */
public interface WorkJournal extends AutoCloseable {

    RunRecord run();

    /** In order, the steps of the abort plan last. */
    List<StepRecord> steps();

    /** Whether the run has a verified backup and has written since, so that no other can be taken in its place. */
    boolean isBackedUp();

    /** Marks where a restore would have to stop to be before the run's first write; once a run. */
    void markBefore();

    /** Tells what the worker does, and learns how it stands. */
    Standing beat(String activity, WorkPace pace);

    Standing standing();

    StepRecord.State stateOf(int ordinal);

    /** As {@link #stateOf}, and of a step that a retry has put back to pending what it had come to before. */
    StepRecord.State stateBeforeRetry(int ordinal);

    void begin(int ordinal);

    void finish(int ordinal, String note);

    void fail(int ordinal, Failure failure);

    /** The step waits for a person, who reads the question. */
    void ask(int ordinal, String question);

    void unclear(int ordinal, Explanation explanation);

    /** What the supervisor says to whoever waits for it at the step, since the step was begun last. */
    Optional<StepReply> reply(int ordinal);

    /** How many rows the step is going to change. */
    void expect(int ordinal, long rows);

    @Override
    void close();
}
