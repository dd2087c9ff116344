package dev.nightshift.cli.screen;

import java.util.ArrayList;
import java.util.List;

/** Lays labelled pieces out in lines of a given width; nothing is ever cut off, it goes on in the next line. */
final class Flow {

    static final int LABEL = 10;
    private static final String GAP = "   ";

    private final int width;
    private final List<Line> lines = new ArrayList<>();

    Flow(int width) {
        this.width = Math.max(40, width);
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    int width() {
        return width;
    }

    /** {@code left}, and {@code right} at the right margin if both fit. */
    void ends(Line left, Line right) {
        int gap = width - left.width() - right.width();
        if (right.width() == 0 || gap < GAP.length()) {
            broken(left, 0);
            if (right.width() > 0) {
                broken(right, 0);
            }
            return;
        }
        lines.add(left.plus(" ".repeat(gap)).plus(right));
    }

    /** Pieces after a label, three spaces apart. */
    void labelled(Line label, List<Line> pieces) {
        row(label.plus(" ".repeat(Math.max(1, LABEL - label.width()))), pieces, LABEL);
    }

    void labelled(String label, Line... pieces) {
        labelled(Line.of(Style.DIM, label), List.of(pieces));
    }

    void row(Line start, List<Line> pieces, int indent) {
        Line line = start;
        boolean first = true;
        for (Line piece : pieces) {
            if (first) {
                line = line.plus(piece);
            } else if (line.width() + GAP.length() + piece.width() <= width) {
                line = line.plus(GAP).plus(piece);
            } else {
                broken(line, indent);
                line = Line.of(" ".repeat(indent)).plus(piece);
            }
            first = false;
        }
        broken(line, indent);
    }

    private void broken(Line line, int indent) {
        if (line.width() <= width) {
            lines.add(line);
            return;
        }
        Line now = Line.EMPTY;
        for (Line word : line.words()) {
            boolean blank = now.plain().isBlank();
            if (blank || now.width() + word.width() <= width) {
                now = now.plus(word);
            } else {
                lines.add(now);
                now = Line.of(" ".repeat(indent)).plus(word.stripLeading());
            }
        }
        lines.add(now);
    }
}
