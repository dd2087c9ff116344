package dev.nightshift.cli;

import dev.nightshift.plan.DatabaseUrl;
import dev.nightshift.plan.Plan;
import dev.nightshift.view.Documents;
import dev.nightshift.view.Json;
import dev.nightshift.view.Quantity;
import dev.nightshift.view.SchemaWish;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lets applications wait for a migration instead of carrying it out. */
@Command(
        name = "wait",
        description = {
            "Wait until a run has ended well, or a version of the schema is applied.",
            "For init containers and deployment hooks: any number may wait, none holds a connection or a lock while it"
                    + " does, and a database that is away is waited for."
        })
final class WaitCommand extends Verb {

    /** A plan that is submitted through a server need not name a database. */
    private static final DatabaseUrl OF_THE_SERVER = DatabaseUrl.parse("postgresql://nobody@localhost/server");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{6,64}");

    /** What is waited for: one of the three. */
    static final class What {
        @Option(
                names = "--run",
                paramLabel = "NAME|ID",
                description = "The newest run of the plan of this name, or the run with this id.")
        private @Nullable String run;

        @Option(names = "--plan", paramLabel = "FILE", description = "The newest run of exactly this plan.")
        private @Nullable Path plan;

        @Option(
                names = "--schema-version",
                paramLabel = "VERSION",
                description = "A version in Flyway's history; the role need not be able to read the journal.")
        private @Nullable String version;
    }

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(
            names = "--hash",
            paramLabel = "HASH",
            defaultValue = "",
            description = "With --run: only a run of the plan whose hash begins like this.")
    private String hash = "";

    @Option(
            names = "--history",
            paramLabel = "TABLE",
            defaultValue = SchemaWish.TABLE,
            description = "With --schema-version: Flyway's table, also as SCHEMA.TABLE (default: ${DEFAULT-VALUE}).")
    private String history = SchemaWish.TABLE;

    @Option(names = "--must-exist", description = "Do not wait for a run that nobody has submitted yet: end at once.")
    private boolean mustExist;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30m",
            converter = DurationText.class,
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofMinutes(30);

    @Mixin
    private final ReadingOptions reading = new ReadingOptions();

    WaitCommand(Shell shell) {
        super(shell);
    }

    @Override
    Set<ExitCode> endings() {
        return ExitCode.endsOfARunAnd(ExitCode.TIMEOUT);
    }

    @Override
    ExitCode carryOut() {
        if (!hash.isEmpty() && (what.run == null || !HASH.matcher(hash).matches())) {
            throw Shell.usage(
                    "--hash is not the beginning of a plan's hash", "pass it with --run, 6 to 64 digits of it");
        }
        Optional<Plan> plan = Optional.ofNullable(what.plan).map(this::read);
        Optional<DatabaseUrl> database = shell().database().or(() -> plan.map(Plan::database));
        Pulse pulse = shell().around().pulse();
        long began = pulse.nanos();
        Sight last = new Awaiting(
                        pulse, () -> reading.server().look(shell(), database), text -> shell().say("waiting: " + text))
                .until(milestone(plan), timeout);
        show(last, Duration.ofNanos(pulse.nanos() - began));
        return last.code();
    }

    private Milestone milestone(Optional<Plan> plan) {
        if (plan.isPresent()) {
            return new RunMilestone(plan.get().name(), plan.get().hash().hex(), mustExist);
        }
        return what.version == null
                ? new RunMilestone(String.valueOf(what.run), hash, mustExist)
                : new SchemaMilestone(wish(what.version));
    }

    private SchemaWish wish(String version) {
        try {
            return SchemaWish.of(version, history);
        } catch (IllegalArgumentException e) {
            throw Shell.usage(String.valueOf(e.getMessage()), "write --schema-version 42 --history public." + history);
        }
    }

    private Plan read(Path file) {
        PlanFile read =
                PlanFile.read(file, reading.server().isNamed() ? Optional.of(OF_THE_SERVER) : shell().database());
        read.problems().forEach(problem -> shell().say(problem.toString()));
        return read.plan().orElseThrow(() -> Shell.usage(read.verdict(), "correct the plan"));
    }

    private void show(Sight last, Duration waited) {
        if (reading.isJson()) {
            Map<String, Object> document = Documents.of("WaitResult");
            document.put("outcome", last.word());
            document.put("exitCode", last.code().code());
            document.put("waited", waited);
            document.put("what", last.what());
            document.put("run", Optional.ofNullable(last.found().get("run")));
            document.put("schema", Optional.ofNullable(last.found().get("schema")));
            shell().data(Json.pretty(document));
        } else if (last.isOver()) {
            shell().data(last.what());
        }
        last.more().forEach(shell()::say);
        if (!last.isOver()) {
            shell().say("not within " + Quantity.time(timeout) + ": " + last.what());
        }
    }
}
