package dev.nightshift.guards.lint;

import java.util.Optional;

/**
 * A script to lint.
 *
 * @param file its name as reports show it
 * @param inTransaction what a script configuration says, such as Flyway's {@code executeInTransaction}; empty = unsaid
 * @param undoDeclared whether a down step or a backup is declared for it elsewhere
 */
public record Script(String file, String text, Runner runner, Optional<Boolean> inTransaction, boolean undoDeclared) {
    public static Script of(String file, String text) {
        return new Script(file, text, Runner.FLYWAY, Optional.empty(), false);
    }

    public Script runBy(Runner other) {
        return new Script(file, text, other, inTransaction, undoDeclared);
    }

    public Script inTransaction(boolean wrapped) {
        return new Script(file, text, runner, Optional.of(wrapped), undoDeclared);
    }

    public Script withUndo() {
        return new Script(file, text, runner, inTransaction, true);
    }
}
