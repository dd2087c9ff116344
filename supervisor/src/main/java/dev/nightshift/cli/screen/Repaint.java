package dev.nightshift.cli.screen;

import java.io.PrintStream;
import java.util.List;

/**
 * Draws lines over the ones drawn before. Each picture is one write, and lines are overwritten before they are cleared,
 * so that nothing flickers.
 */
public final class Repaint {

    private static final String CLEAR_TO_END_OF_LINE = "\u001B[K";
    private static final String CLEAR_BELOW = "\u001B[J";

    private final PrintStream out;
    private final boolean colour;
    private final boolean unicode;
    private int drawn;

    public Repaint(PrintStream out, boolean colour, boolean unicode) {
        this.out = out;
        this.colour = colour;
        this.unicode = unicode;
    }

    /**
     * @param height of the terminal; what does not fit is left out at the end, because nothing above the terminal's
     *     first line can be drawn again
     */
    public void draw(List<Line> lines, int height) {
        List<Line> fitting = lines.subList(0, Math.min(lines.size(), Math.max(1, height - 1)));
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append("\u001B[").append(drawn).append('A');
        }
        for (Line line : fitting) {
            picture.append('\r')
                    .append(line.text(colour, unicode))
                    .append(CLEAR_TO_END_OF_LINE)
                    .append('\n');
        }
        out.print(picture.append(CLEAR_BELOW));
        out.flush();
        drawn = fitting.size();
    }

    /** Leaves the last picture where it is; the next one is drawn below. */
    public void keep() {
        drawn = 0;
    }
}
