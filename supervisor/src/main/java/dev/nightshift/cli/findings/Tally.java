package dev.nightshift.cli.findings;

import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.lint.Linted;
import java.util.ArrayList;
import java.util.List;

/** How many findings there are of each severity, for one sentence. */
public record Tally(long files, long errors, long warnings, long notes, long waived) {

    public static Tally of(List<Linted> files) {
        List<LintFinding> all =
                files.stream().flatMap(file -> file.findings().stream()).toList();
        return new Tally(
                files.size(),
                count(all, Severity.ERROR),
                count(all, Severity.WARN),
                count(all, Severity.INFO),
                all.stream().filter(LintFinding::waived).count());
    }

    private static long count(List<LintFinding> all, Severity severity) {
        return all.stream()
                .filter(finding -> finding.severity() == severity && !finding.waived())
                .count();
    }

    /** {@code 2 errors, 1 warning in 3 files; 1 waived}. */
    public String sentence() {
        List<String> parts = new ArrayList<>();
        add(parts, errors, "error");
        add(parts, warnings, "warning");
        add(parts, notes, "note");
        String found = parts.isEmpty() ? "no findings" : String.join(", ", parts);
        return found + " in " + counted(files, "file") + (waived > 0 ? "; " + waived + " waived" : "");
    }

    private static void add(List<String> parts, long count, String word) {
        if (count > 0) {
            parts.add(counted(count, word));
        }
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
