package dev.nightshift.cli.findings;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.lint.LintFinding;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.lint.Linted;
import dev.nightshift.lint.RuleBook;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings for people: by file, each with its line, a caret, the lock, why it hurts and the safe way. */
public final class LintLines {

    private LintLines() {}

    public static List<Line> of(List<Linted> files) {
        List<Line> lines = new ArrayList<>();
        for (Linted file : files) {
            if (!file.findings().isEmpty()) {
                lines.add(Line.of(Style.BOLD, file.file()));
                LintFinding before = null;
                for (LintFinding finding : file.findings()) {
                    lines.addAll(of(finding, file, isThere(finding, before)));
                    before = finding;
                }
                lines.add(Line.EMPTY);
            }
        }
        return lines;
    }

    /** The last line of a report. */
    public static Line summary(Tally tally) {
        Style style = tally.errors() > 0 ? Style.BAD : tally.warnings() > 0 ? Style.CAREFUL : Style.GOOD;
        return Line.of(style, tally.sentence());
    }

    /** Then its line was just shown. */
    private static boolean isThere(LintFinding finding, @Nullable LintFinding before) {
        return before != null && before.line() == finding.line() && before.column() == finding.column();
    }

    private static List<Line> of(LintFinding finding, Linted file, boolean shown) {
        Style style = style(finding);
        List<Line> lines = new ArrayList<>();
        lines.add(Line.EMPTY);
        lines.add(Line.of("  ")
                .plus(style, finding.waived() ? "waived" : finding.severity().word())
                .plus("  ")
                .plus(Style.BOLD, finding.rule())
                .plus(Style.DIM, "  " + finding.line() + ":" + finding.column()));
        String source = file.lines().getOrDefault(finding.line(), "");
        if (!shown && !source.isBlank()) {
            lines.addAll(Excerpt.of(finding.line(), source, finding.column(), style));
        }
        if (finding.waived()) {
            lines.addAll(Wrapped.labelled("because", Style.PLAIN, finding.reason()));
            return lines;
        }
        lines.addAll(Wrapped.labelled("what", Style.PLAIN, finding.message()));
        Sentences.locks(finding).ifPresent(lock -> lines.addAll(Wrapped.labelled("locks", Style.PLAIN, lock)));
        RuleBook.find(finding.rule())
                .filter(card -> !card.hurts().equals(finding.message()))
                .ifPresent(card -> lines.addAll(Wrapped.labelled("why", Style.PLAIN, card.hurts())));
        lines.addAll(Wrapped.labelled("instead", Style.GOOD, finding.instead()));
        return lines;
    }

    private static Style style(LintFinding finding) {
        if (finding.waived()) {
            return Style.DIM;
        }
        if (finding.severity() == Severity.ERROR) {
            return Style.BAD;
        }
        return finding.severity() == Severity.WARN ? Style.CAREFUL : Style.DIM;
    }
}
