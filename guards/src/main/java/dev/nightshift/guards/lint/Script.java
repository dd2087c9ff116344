package dev.nightshift.guards.lint;

import java.util.Optional;

/**
 * A script to lint.
 *
 * @param file its name as reports show it
 * @param inTransaction what a script configuration says, such as Flyway's {@code executeInTransaction}; empty = unsaid
 * @param undoDeclared whether a down step or a backup is declared for it elsewhere
 * @param undoesFrom from which character on it is what undoes the rest, and runs only when the rest must not stay
 */
public record Script(
        String file,
        String text,
        Runner runner,
        Optional<Boolean> inTransaction,
        boolean undoDeclared,
        int undoesFrom) {
    public static Script of(String file, String text) {
        return new Script(file, text, Runner.FLYWAY, Optional.empty(), false, text.length());
    }

    public Script runBy(Runner other) {
        return new Script(file, text, other, inTransaction, undoDeclared, undoesFrom);
    }

    public Script inTransaction(boolean wrapped) {
        return new Script(file, text, runner, Optional.of(wrapped), undoDeclared, undoesFrom);
    }

    public Script withUndo() {
        return new Script(file, text, runner, inTransaction, true, undoesFrom);
    }

    public Script undoesFrom(int character) {
        return new Script(file, text, runner, inTransaction, undoDeclared, character);
    }
}
