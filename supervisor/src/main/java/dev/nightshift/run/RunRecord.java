package dev.nightshift.run;

/**
 * A run as the journal has it.
 *
 * @param planHash SHA-256 of the plan's text, in hexadecimal
 * @param planSource the plan's text
 * @param planFile the plan's absolute path when it was submitted; its folder is where relative paths begin
 * @param moves raised with every change of state; a supervisor moves a run only from the number it read
 */
public record RunRecord(
        RunId id, String planName, String planHash, String planSource, String planFile, long moves, RunState state) {

    /** This run after one more move. */
    public RunRecord moved(RunState next) {
        return new RunRecord(id, planName, planHash, planSource, planFile, moves + 1, next);
    }
}
