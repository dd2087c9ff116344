package dev.nightshift.worker;

import dev.nightshift.run.Claim;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Failure;
import dev.nightshift.run.Holders;
import dev.nightshift.run.Planned;
import dev.nightshift.run.RunId;
import dev.nightshift.run.RunRecord;
import dev.nightshift.run.StepRecord;
import dev.nightshift.run.StepReply;
import dev.nightshift.run.WorkPace;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** A journal under which everything is always permitted, and a place to work at over it. */
final class PermittedJournal implements WorkJournal {

    private static final Standing PERMITTED = new Standing(true, true, OptionalLong.empty(), true);
    private static final RunId RUN = new RunId("7f3kmq");

    static Workplace place(Mandate mandate) {
        PermittedJournal journal = new PermittedJournal();
        Stop stop = new Stop();
        return new Workplace(
                journal.run(),
                new Claim(RUN, 1, UUID.randomUUID()),
                mandate,
                journal,
                new Pulse(journal, stop, PERMITTED),
                stop,
                Pacing.PERMITTED,
                new Random(7));
    }

    @Override
    public RunRecord run() {
        return new RunRecord(RUN, "orders", "", "", "/plans/orders.yaml", 0, new Planned(Holders.NONE));
    }

    @Override
    public List<StepRecord> steps() {
        return List.of();
    }

    @Override
    public boolean isBackedUp() {
        return true;
    }

    @Override
    public Standing beat(String activity, WorkPace pace) {
        return PERMITTED;
    }

    @Override
    public Standing standing() {
        return PERMITTED;
    }

    @Override
    public StepRecord.State stateOf(int ordinal) {
        return StepRecord.State.RUNNING;
    }

    @Override
    public StepRecord.State stateBeforeRetry(int ordinal) {
        return stateOf(ordinal);
    }

    @Override
    public void markBefore() {}

    @Override
    public void begin(int ordinal) {}

    @Override
    public void finish(int ordinal, String note) {}

    @Override
    public void fail(int ordinal, Failure failure) {}

    @Override
    public void ask(int ordinal, String question) {}

    @Override
    public void unclear(int ordinal, Explanation explanation) {}

    @Override
    public Optional<StepReply> reply(int ordinal) {
        return Optional.of(new StepReply.Done(""));
    }

    @Override
    public void expect(int ordinal, long rows) {}

    @Override
    public void close() {}
}
