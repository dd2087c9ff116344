package dev.nightshift.cli.findings;

import dev.nightshift.guards.lint.LintFinding;
import java.util.Optional;

/** A finding in words. */
final class Sentences {

    private Sentences() {}

    /** What is wrong, what it locks, what to write instead; for readers that show one text. */
    static String whole(LintFinding finding) {
        return finding.message()
                + locks(finding).map(lock -> ". Locks: " + lock).orElse("")
                + (finding.instead().isBlank() ? "" : ". Instead: " + finding.instead());
    }

    /** {@code SHARE on public.orders}; empty when it locks nothing. */
    static Optional<String> locks(LintFinding finding) {
        boolean none = finding.lock().isBlank() || finding.lock().equals("-");
        if (none) {
            return Optional.empty();
        }
        if (finding.relation().isEmpty() || finding.lock().contains(" on ")) {
            return Optional.of(finding.lock());
        }
        // ACCESS EXCLUSIVE on t, until COMMIT
        int comma = finding.lock().indexOf(',');
        int end = comma < 0 ? finding.lock().length() : comma;
        return Optional.of(finding.lock().substring(0, end) + " on " + finding.relation()
                + finding.lock().substring(end));
    }
}
