package dev.nightshift.cli.findings;

import dev.nightshift.cli.screen.Line;
import dev.nightshift.cli.screen.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Labelled text, broken at spaces to eighty columns; a longer word stands on a line of its own. */
final class Wrapped {

    static final int WIDTH = 80;
    private static final int INDENT = 6;
    private static final int LABEL = 8;

    private Wrapped() {}

    static List<Line> labelled(String label, Style style, String text) {
        List<Line> lines = new ArrayList<>();
        String head = " ".repeat(INDENT) + String.format(Locale.ROOT, "%-" + LABEL + "s", label);
        for (String part : parts(text, WIDTH - INDENT - LABEL)) {
            lines.add(Line.of(Style.DIM, head).plus(style, part));
            head = " ".repeat(INDENT + LABEL);
        }
        return lines;
    }

    /** Text as it is written, such as an example, under its label. */
    static List<Line> verbatim(String label, String text) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(Style.DIM, " ".repeat(INDENT) + label));
        text.lines()
                .flatMap(line -> parts(line, WIDTH - INDENT - LABEL).stream())
                .forEach(line -> lines.add(Line.of(" ".repeat(INDENT + LABEL) + line)));
        return lines;
    }

    static List<String> parts(String text, int width) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (part.length() > 0 && part.length() + 1 + word.length() > width) {
                parts.add(part.toString());
                part.setLength(0);
            }
            part.append(part.length() == 0 ? "" : " ").append(word);
        }
        parts.add(part.toString());
        return parts;
    }
}
