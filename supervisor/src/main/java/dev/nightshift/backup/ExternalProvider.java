package dev.nightshift.backup;

import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.Plan;
import dev.nightshift.program.Ran;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.RunId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A backup that is taken without us, which a command of the plan attests. */
final class ExternalProvider implements Provider {

    private final BackupSpec.External spec;
    private final BackupCommands commands;

    ExternalProvider(BackupSpec.External spec, BackupCommands commands) {
        this.spec = spec;
        this.commands = commands;
    }

    /** Others begin them. */
    @Override
    public Begun begin(Wanted wanted) {
        return new Begun("", spec.command().get(0));
    }

    @Override
    public Look look(Wanted wanted, Optional<String> handle) {
        Ran ran = commands.run(spec.command(), spec.timeout(), wanted, handle.orElse(""));
        if (BackupCommands.passes(ran)) {
            return Look.of(State.NO_ANSWER, ran.inWords());
        }
        if (!ran.good()) {
            throw BackupCommands.refused(spec.command(), ran);
        }
        Found found = BackupCommands.understood(spec.command(), ran, Answer::attestation);
        return poor(found).map(why -> Look.of(State.FAILED, why)).orElseGet(() -> Look.done(found));
    }

    private Optional<String> poor(Found found) {
        BackupSpec.Verification level =
                BackupSpec.Verification.valueOf(found.level().toUpperCase(Locale.ROOT));
        return level.compareTo(spec.least()) >= 0
                ? Optional.empty()
                : Optional.of("backup " + found.handle() + " is attested as " + found.level() + ", and the plan wants "
                        + spec.least().word());
    }

    /** Asks now, so that a run without one is refused before its window opens. */
    @Override
    public Outlook outlook(Plan plan, Function<Instant, Optional<String>> doubt) {
        List<String> faults = new ArrayList<>(commands.faults(List.of(spec.command())));
        if (faults.isEmpty()) {
            answered(new Wanted("000000-0", new RunId("000000"), plan), doubt).ifPresent(faults::add);
        }
        return new Outlook(
                "a backup attested by `" + String.join(" ", spec.command()) + "`",
                faults,
                List.of("attested only: nothing of it is read here"));
    }

    private Optional<String> answered(Wanted wanted, Function<Instant, Optional<String>> doubt) {
        try {
            Look look = look(wanted, Optional.empty());
            return look.found()
                    .map(found -> doubt.apply(found.at()).map(why -> "backup " + found.handle() + ": " + why))
                    .orElseGet(() -> Optional.of(look.message()));
        } catch (Permanent e) {
            return Optional.of(e.explanation().what());
        }
    }
}
