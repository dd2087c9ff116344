package dev.nightshift.lint;

import dev.nightshift.drive.Event;
import dev.nightshift.guards.lint.LintFinding;
import java.util.List;

/** What the linter would have refused or warned of and somebody let pass, for the run's journal. */
public final class LintWaivers {

    private LintWaivers() {}

    public static List<Event> of(List<Linted> found) {
        return found.stream()
                .flatMap(file -> file.findings().stream())
                .filter(LintFinding::waived)
                .map(finding -> new Event("waived", finding.rule(), sentence(finding)))
                .toList();
    }

    private static String sentence(LintFinding finding) {
        return finding.file() + ":" + finding.line() + ": " + finding.message() + "; waived because "
                + finding.reason();
    }
}
