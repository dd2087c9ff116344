package dev.nightshift.cli;

import java.util.Set;
import java.util.concurrent.Callable;

/** One command; the codes it can end with stand at the end of its help. */
abstract class Verb implements Callable<Integer> {

    private final Shell shell;

    Verb(Shell shell) {
        this.shell = shell;
    }

    final Shell shell() {
        return shell;
    }

    /** Every code but those that any command can end with: internal, usage, interrupted, terminated. */
    abstract Set<ExitCode> endings();

    abstract ExitCode carryOut();

    @Override
    public final Integer call() {
        return carryOut().code();
    }
}
