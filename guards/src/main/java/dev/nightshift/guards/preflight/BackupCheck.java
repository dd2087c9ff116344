package dev.nightshift.guards.preflight;

import dev.nightshift.guards.guard.Unit;
import dev.nightshift.guards.preflight.PlannedBackup.Another;
import dev.nightshift.guards.preflight.PlannedBackup.Earlier;
import dev.nightshift.guards.preflight.PlannedBackup.Elsewhere;
import java.util.List;
import java.util.Optional;

/** The dump is the run's first step, and nothing is written before it was read back; one that is too old is not taken for it. */
final class BackupCheck {

    private static final String ANOTHER = "nothing: the run takes another one before its first write, and PF-TOOLS says"
            + " whether it can; give it the time in the window";

    private BackupCheck() {}

    static List<Answer> judge(Situation situation) {
        PlannedBackup backup = situation.backup();
        if (!backup.taken()) {
            return List.of(
                    Answer.warn("the plan takes none", "say `backup: {dump: …}` unless all of it can be made again"));
        }
        return backup.own()
                .map(own -> Answer.each(
                        own.damage(),
                        Answer.fail(
                                "this run has written, and ",
                                "bring the files back; or end the run with `nightshift abort`"),
                        "the backup of before the run's first write is there"))
                .or(() -> backup.elsewhere().map(BackupCheck::elsewhere))
                .orElseGet(() -> List.of(tooLong(backup)
                        .or(() -> backup.latest()
                                .filter(latest -> !backup.maxAge().isZero())
                                .map(latest -> earlier(latest, backup)))
                        .orElse(Answer.pass("taken and read back before the first write"))));
    }

    private static List<Answer> elsewhere(Elsewhere backup) {
        if (!backup.faults().isEmpty()) {
            return List.of(Answer.fail(
                    backup.what() + ": " + String.join("; ", backup.faults()),
                    "put that right: without it the run ends before its first write"));
        }
        return List.of(
                backup.doubts().isEmpty()
                        ? Answer.pass(backup.what())
                        : Answer.warn(
                                backup.what() + ": " + String.join("; ", backup.doubts()),
                                "restore one of them now and then, where that is not done already; docs/backups.md"
                                        + " says what each kind of backup proves"));
    }

    /** Nothing could be written after it, and its snapshot would have kept dead rows for nothing. */
    private static Optional<Answer> tooLong(PlannedBackup backup) {
        return backup.another()
                .filter(another -> !backup.serves() && another.takes().compareTo(another.rest()) > 0)
                .map(BackupCheck::tooLong);
    }

    private static Answer tooLong(Another another) {
        String seen = "by " + another.like() + " a dump takes about " + Unit.text(another.takes()) + " > "
                + Unit.text(another.rest()) + " left of the window";
        return another.fitsLater()
                ? Answer.warn(
                        seen + "; the run waits for the next one",
                        "nothing; to have more done in a night, let the run begin when the window opens")
                : Answer.fail(seen, "make the window longer, or give the dump more `jobs`");
    }

    /** Why the run should not take its backup in this window; empty when it may. */
    static Optional<String> later(PlannedBackup backup) {
        return backup.another()
                .filter(another -> backup.taken() && !backup.serves() && another.fitsLater())
                .map(another -> tooLong(another).seen());
    }

    private static Answer earlier(Earlier latest, PlannedBackup backup) {
        String name = "backup " + latest.name();
        String age = Unit.text(latest.age());
        String most = Unit.text(backup.maxAge());
        if (latest.age().compareTo(backup.maxAge()) > 0) {
            return Answer.warn(name + " will be " + age + " old at the first write > " + most + " (maxAge)", ANOTHER);
        }
        if (!latest.differs().isEmpty()) {
            return Answer.warn(name + " does not serve: " + String.join(", ", latest.differs()), ANOTHER);
        }
        return Answer.pass(
                latest.written()
                        ? "taken and read back before the first write; a run has written since " + name
                        : name + " serves, " + age + " old of " + most);
    }
}
