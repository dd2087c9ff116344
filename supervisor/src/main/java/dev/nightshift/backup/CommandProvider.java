package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.program.Ran;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Transient;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A managed database, reached by two commands of the plan. */
final class CommandProvider implements Provider {

    /** Beginning a backup and looking at one are short questions to an API. */
    static final Duration LIMIT = Duration.ofMinutes(2);

    private final BackupSpec.Command spec;
    private final BackupCommands commands;

    CommandProvider(BackupSpec.Command spec, BackupCommands commands) {
        this.spec = spec;
        this.commands = commands;
    }

    @Override
    public Begun begin(Wanted wanted) {
        Ran ran = commands.run(spec.start(), LIMIT, wanted, "");
        if (BackupCommands.passes(ran)) {
            throw new Transient(new Explanation(
                    "the backup could not be begun for now: " + ran.inWords(),
                    "asking for the backup",
                    Explanation.NOTHING_CHANGED,
                    "nothing: it is looked for, and begun again if there is none"));
        }
        if (!ran.good()) {
            throw BackupCommands.refused(spec.start(), ran);
        }
        return BackupCommands.understood(spec.start(), ran, Answer::begun);
    }

    @Override
    public Look look(Wanted wanted, Optional<String> handle) {
        Ran ran = commands.run(spec.poll(), LIMIT, wanted, handle.orElse(""));
        if (BackupCommands.passes(ran)) {
            return Look.of(State.NO_ANSWER, ran.inWords());
        }
        if (!ran.good()) {
            throw BackupCommands.refused(spec.poll(), ran);
        }
        return BackupCommands.understood(spec.poll(), ran, answer -> answer.look(handle));
    }

    @Override
    public Outlook outlook(Plan plan, Function<Instant, Optional<String>> doubt) {
        return new Outlook(
                "a backup by `" + String.join(" ", spec.start()) + "`",
                commands.faults(List.of(spec.start(), spec.poll())),
                List.of("attested only: nothing of it will be read here"));
    }
}
