package dev.nightshift.guards.lint;

/**
 * One finding of a report.
 *
 * @param line counted from 1
 * @param column counted from 1, in whole characters
 * @param statement the statement's text, shortened
 * @param relation the relation it is about; empty when none
 * @param reason why it was waived; empty when it was not
 */
public record LintFinding(
        String rule,
        Severity severity,
        String file,
        int line,
        int column,
        String statement,
        String relation,
        String lock,
        String message,
        String instead,
        boolean waived,
        String reason) {

    public boolean blocks() {
        return severity == Severity.ERROR && !waived;
    }
}
