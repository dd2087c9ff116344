package dev.nightshift.backup;

import dev.nightshift.guards.reading.ByteSize;
import dev.nightshift.plan.BackupSpec;
import dev.nightshift.plan.LibpqEnvironment;
import dev.nightshift.program.Tool;
import dev.nightshift.run.Explanation;
import dev.nightshift.run.Permanent;
import dev.nightshift.run.Transient;
import dev.nightshift.run.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs {@code pg_dump} into the partial directory, tells how far it is, and stops it before the volume is full. */
final class DumpProgram {

    /** How long one table's lock is waited for; longer would queue the application's readers behind a waiting DDL. */
    static final int LOCK_WAIT_MILLIS = 2000;

    private static final Duration TICK = Duration.ofSeconds(1);

    private final DumpBackup.Setup setup;
    private final DumpTask task;
    private final CatalogFacts facts;

    DumpProgram(DumpBackup.Setup setup, DumpTask task, CatalogFacts facts) {
        this.setup = setup;
        this.task = task;
        this.facts = facts;
    }

    /**
     * Runs it once.
     *
     * @return false when a table's lock was not granted in time; nothing is left then
     */
    boolean run(PostgresTools tools) {
        Map<String, String> variables =
                LibpqEnvironment.of(task.plan().database(), task.attempt().sessionName("dump"));
        AtomicBoolean full = new AtomicBoolean();
        try (PasswordFile password =
                PasswordFile.of(task.run().id(), setup.password().orElse(""))) {
            variables.put("PGPASSFILE", password.path().toString());
            Tool tool = Tool.start(
                    arguments(
                            tools, task.spec(), facts.tables(), task.directory().partial()),
                    variables,
                    line -> {});
            task.interruption().watch(tool);
            int exit = tool.await(TICK, () -> full.set(full.get() || stopWhenFull(tool)));
            return exit == 0 || judge(tool.complaints(), full.get());
        }
    }

    /** Nothing in them is secret, and none names a host. */
    static List<String> arguments(PostgresTools tools, BackupSpec.Dump spec, List<DumpedTable> tables, Path target) {
        List<String> arguments = new ArrayList<>(List.of(
                tools.dump().toString(),
                "--format=directory",
                "--jobs=" + spec.jobs(),
                "--lock-wait-timeout=" + LOCK_WAIT_MILLIS,
                "--no-password",
                "--exclude-schema=nightshift",
                "--file=" + target));
        if (!spec.wholeDatabase()) {
            // Each partition is named: a pattern for the parent alone leaves their rows out.
            tables.forEach(table -> arguments.add("--table=" + table.name().quoted()));
        }
        return arguments;
    }

    private boolean stopWhenFull(Tool tool) {
        task.say("dumping " + facts.tables().size() + " tables: "
                + task.directory().written() + " so far of about " + Volume.estimate(facts.size()));
        boolean full = volume().fullness(ByteSize.ZERO) > Volume.STOP;
        if (full) {
            tool.cancel();
        }
        return full;
    }

    private boolean judge(List<String> said, boolean full) {
        task.directory().removePartial();
        task.stopIfAsked();
        if (DumpFailure.isLockWait(said)) {
            return false;
        }
        throw trouble(said, full);
    }

    private Trouble trouble(List<String> said, boolean full) {
        if (full || DumpFailure.isDiskFull(said)) {
            String why = full ? "stopped at " + Volume.percent(Volume.STOP) : Complaints.of(said);
            return new Permanent(DumpFailure.diskFull(why, task.location(), volume()));
        }
        Explanation explanation = DumpFailure.explain(said, task.location());
        return DumpFailure.isPassing(said) ? new Transient(explanation) : new Permanent(explanation);
    }

    private Volume volume() {
        try {
            return setup.volumes().of(task.spec().directory());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
