package dev.nightshift.plan;

/**
 * Something in a plan that is not as it must be, with its place.
 *
 * @param file as the caller named it
 * @param line from 1
 * @param column from 1, in characters
 * @param path from the plan's top: {@code steps[0].batch.rows}
 * @param message {@code expected …, found …}, and what to do where that is known
 */
public record PlanProblem(String file, int line, int column, String path, String message) {

    public PlanProblem {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("expected a line and column from 1, found " + line + ":" + column);
        }
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + path + ": " + message;
    }
}
