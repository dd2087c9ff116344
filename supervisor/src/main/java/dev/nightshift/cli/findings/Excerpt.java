package dev.nightshift.cli.findings;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import java.util.List;
import java.util.Locale;

/** A source line with carets under the word that a finding points to; of a long line, the part around it. */
final class Excerpt {

    private static final int GUTTER = 7;
    private static final int WIDTH = Wrapped.WIDTH - GUTTER;
    private static final int BEFORE = 20;
    private static final String CUT = "…";

    private Excerpt() {}

    /** @param column from 1, in whole characters */
    static List<Line> of(int number, String source, int column, Style style) {
        int[] points = source.codePoints().map(Excerpt::shown).toArray();
        int at = Math.max(0, Math.min(column - 1, points.length));
        int from = points.length <= WIDTH ? 0 : Math.max(0, Math.min(at - BEFORE, points.length - WIDTH));
        int to = Math.min(points.length, from + WIDTH);
        StringBuilder text = new StringBuilder(new String(points, from, to - from));
        if (from > 0) {
            text.replace(0, text.offsetByCodePoints(0, 1), CUT);
        }
        if (to < points.length) {
            text.replace(text.offsetByCodePoints(text.length(), -1), text.length(), CUT);
        }
        int carets = Math.max(1, Math.min(word(points, at), to - at));
        String gutter = String.format(Locale.ROOT, "%5d", number);
        return List.of(
                Line.of(Style.DIM, gutter + "| ").plus(text.toString().stripTrailing()),
                Line.of(Style.DIM, " ".repeat(gutter.length()) + "| ")
                        .plus(" ".repeat(at - from))
                        .plus(style, "^".repeat(carets)));
    }

    /** How long the word is that begins there. */
    private static int word(int[] points, int at) {
        int end = at;
        while (end < points.length && (Character.isLetterOrDigit(points[end]) || points[end] == '_')) {
            end++;
        }
        return end - at;
    }

    /** Tabs and control characters would move the caret, or the terminal's state. */
    private static int shown(int point) {
        return Character.isISOControl(point) ? ' ' : point;
    }
}
