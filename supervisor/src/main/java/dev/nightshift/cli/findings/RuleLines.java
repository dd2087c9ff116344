package dev.nightshift.cli.findings;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rules for people: all of them in a list, or one with its reasons and examples. */
public final class RuleLines {

    private static final int INDENT = 6;

    private RuleLines() {}

    public static List<Line> list(List<RuleCard> rules) {
        List<Line> lines = new ArrayList<>();
        for (RuleCard card : rules) {
            lines.add(Line.of(
                            style(card),
                            String.format(
                                    Locale.ROOT,
                                    "%-" + INDENT + "s",
                                    card.severity().word()))
                    .plus(Style.BOLD, card.id()));
            Wrapped.parts(card.catches(), Wrapped.WIDTH - INDENT)
                    .forEach(part -> lines.add(Line.of(" ".repeat(INDENT) + part)));
        }
        return lines;
    }

    public static List<Line> explain(RuleCard card) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(style(card), card.severity().word()).plus("  ").plus(Style.BOLD, card.id()));
        lines.addAll(Wrapped.labelled("catches", Style.PLAIN, card.catches()));
        lines.addAll(
                Wrapped.labelled("locks", Style.PLAIN, card.lock().equals("-") ? "nothing of itself" : card.lock()));
        lines.addAll(Wrapped.labelled("why", Style.PLAIN, card.hurts()));
        lines.addAll(Wrapped.labelled("instead", Style.GOOD, card.instead()));
        lines.add(Line.EMPTY);
        lines.addAll(Wrapped.verbatim("bad", card.bad()));
        lines.addAll(Wrapped.verbatim("good", card.good()));
        lines.add(Line.EMPTY);
        lines.addAll(Wrapped.labelled(
                "waive", Style.PLAIN, "-- nightshift:allow " + card.id() + " because <why that is fine here>"));
        return lines;
    }

    private static Style style(RuleCard card) {
        if (card.severity() == Severity.ERROR) {
            return Style.BAD;
        }
        return card.severity() == Severity.WARN ? Style.CAREFUL : Style.DIM;
    }
}
