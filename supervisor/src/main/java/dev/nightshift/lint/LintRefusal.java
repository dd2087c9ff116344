package dev.nightshift.lint;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.run.Explanation;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in four lines why a plan is not run: what the linter found first, and how a person lets it pass. */
public final class LintRefusal {

    private static final int NAMED = 3;

    /** As long as somebody may be away; a waiver that never ends is forgotten. */
    private static final int DAYS = 30;

    private LintRefusal() {}

    /** Empty when nothing stands against a run. */
    public static Optional<Explanation> of(List<Linted> found, LocalDate today) {
        List<LintFinding> errors = found.stream()
                .flatMap(file -> file.findings().stream())
                .filter(LintFinding::blocks)
                .toList();
        if (errors.isEmpty()) {
            return Optional.empty();
        }
        String named = errors.stream().limit(NAMED).map(LintRefusal::line).collect(Collectors.joining("; "));
        String more = errors.size() > NAMED ? "; and " + (errors.size() - NAMED) + " more" : "";
        return Optional.of(new Explanation(
                "the linter refuses the plan's SQL: " + named + more,
                "linting the plan before anything is written",
                Explanation.NOTHING_CHANGED,
                "see all of it with: nightshift check PLAN; mend it, or let it pass in the plan: waive: [{id: "
                        + errors.get(0).rule() + ", reason: …, until: " + today.plusDays(DAYS) + "}]"));
    }

    private static String line(LintFinding finding) {
        return finding.file() + ":" + finding.line() + ":" + finding.column() + " " + finding.rule() + ", "
                + finding.message();
    }
}
