package dev.nightshift.cli;

import dev.nightshift.lint.Unreadable;
import dev.nightshift.run.Explanation;

/** A command that cannot be carried out, with what the person is told and the code it ends with. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ExitCode code;
    private final transient Explanation explanation;

    Refusal(ExitCode code, Explanation explanation) {
        super(explanation.what());
        this.code = code;
        this.explanation = explanation;
    }

    /** The run's state does not allow the command. */
    static Refusal wrongState(Explanation explanation) {
        return new Refusal(ExitCode.WRONG_STATE, explanation);
    }

    static Refusal usage(Explanation explanation) {
        return new Refusal(ExitCode.USAGE, explanation);
    }

    static Refusal unreadable(Unreadable sql, String doing) {
        return usage(new Explanation(
                String.valueOf(sql.getMessage()),
                doing,
                Explanation.NOTHING_CHANGED,
                "name files that this user may read, directories that hold some, or - for standard input"));
    }

    static Refusal noRun(String which) {
        return usage(new Explanation(
                which.isEmpty() ? "this database has no run yet" : "this database has no run " + which,
                "looking for the run in the journal",
                Explanation.NOTHING_CHANGED,
                which.isEmpty() ? "start one with: nightshift run PLAN" : "see the runs with: nightshift history"));
    }

    ExitCode code() {
        return code;
    }

    Explanation explanation() {
        return explanation;
    }
}
