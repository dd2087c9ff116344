package dev.nightshift.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Panels of horizontal bars side by side, one line for each name, as an SVG that is read on a light page and on a dark one.
 *
 * @param names of the lines, from above
 * @param strong those of them that are drawn in the colour that stands out
 */
public record BarChart(String title, String subtitle, List<String> names, Set<String> strong, List<Panel> panels) {

    private static final int MARGIN = 16;
    private static final int NAMES = 150;
    private static final int BAR = 170;
    private static final int FIGURE = 74;
    private static final int LINE = 28;
    private static final int TOP = 98;
    private static final int GAP = 6;

    private static final String STYLE = """
            <style>
              text { font: 13px -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
              .title { font-size: 16px; font-weight: 600; }
              .soft { fill: #59636e; font-size: 12px; }
              .bar { fill: #afb8c1; }
              .strong { fill: #0969da; }
              .limit { stroke: #cf222e; stroke-width: 1.5; stroke-dasharray: 4 3; }
              .limit-name { fill: #cf222e; font-size: 11px; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .soft { fill: #9198a1; }
                .bar { fill: #3d444d; }
                .strong { fill: #4493f8; }
                .limit { stroke: #f85149; }
                .limit-name { fill: #f85149; }
              }
            </style>
            """;

    public BarChart {
        names = List.copyOf(names);
        strong = Set.copyOf(strong);
        panels = List.copyOf(panels);
    }

    /**
     * One figure for each name.
     *
     * @param from where the axis begins
     * @param logarithmic for figures that differ by orders of magnitude
     * @param limit drawn as a line across, with its name
     */
    public record Panel(
            String title, List<Bar> bars, double from, boolean logarithmic, OptionalDouble limit, String limitName) {

        public Panel {
            bars = List.copyOf(bars);
        }

        /** From 0 at the axis to 1 at the longest bar. */
        double share(double value) {
            double most =
                    bars.stream().flatMapToDouble(bar -> bar.value().stream()).reduce(limit.orElse(from), Math::max);
            double length = logarithmic ? Math.log(value / from) : value - from;
            double longest = logarithmic ? Math.log(most / from) : most - from;
            return longest <= 0 || !(length > 0) ? 0 : Math.min(1, length / longest);
        }
    }

    /** A figure, and how it is written beside its bar; without one the text stands alone. */
    public record Bar(OptionalDouble value, String text) {}

    public String svg() {
        int width = 2 * MARGIN + NAMES + panels.size() * (BAR + FIGURE);
        int height = TOP + names.size() * LINE + MARGIN;
        StringBuilder out = new StringBuilder();
        add(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">%n",
                width,
                height,
                width,
                height);
        add(out, "<title>%s</title>%n%s", escaped(title), STYLE);
        text(out, MARGIN, 28, "title", title);
        text(out, MARGIN, 48, "soft", subtitle);
        for (int i = 0; i < names.size(); i++) {
            text(out, MARGIN, middle(i), "name", names.get(i));
        }
        for (int i = 0; i < panels.size(); i++) {
            panel(out, panels.get(i), MARGIN + NAMES + i * (BAR + FIGURE));
        }
        return out.append("</svg>\n").toString();
    }

    private void panel(StringBuilder out, Panel panel, int left) {
        text(out, left, TOP - 24, "head", panel.title());
        for (int i = 0; i < panel.bars().size(); i++) {
            Bar bar = panel.bars().get(i);
            double length =
                    bar.value().isPresent() ? BAR * panel.share(bar.value().getAsDouble()) : 0;
            if (bar.value().isPresent()) {
                add(
                        out,
                        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" rx=\"2\"/>%n",
                        strong.contains(names.get(i)) ? "strong" : "bar",
                        left,
                        middle(i) - 12,
                        Math.max(1.5, length));
            }
            text(out, left + beside(panel, length), middle(i), "figure", bar.text());
        }
        panel.limit().ifPresent(limit -> limit(out, panel, limit, left));
    }

    /** Where the text behind a bar begins: not across the line of the limit. */
    static int beside(Panel panel, double length) {
        double line =
                panel.limit().isPresent() ? BAR * panel.share(panel.limit().getAsDouble()) : 0;
        return GAP + (int) Math.round(line > length && line < length + FIGURE ? line : length);
    }

    private void limit(StringBuilder out, Panel panel, double limit, int left) {
        double x = left + BAR * panel.share(limit);
        add(
                out,
                "<line class=\"limit\" x1=\"%1$.1f\" y1=\"%2$d\" x2=\"%1$.1f\" y2=\"%3$d\"/>%n",
                x,
                TOP - 6,
                TOP + names.size() * LINE);
        text(out, (int) Math.round(x) - 18, TOP - 9, "limit-name", panel.limitName());
    }

    private static int middle(int line) {
        return TOP + line * LINE + 18;
    }

    private static void text(StringBuilder out, int x, int y, String type, String text) {
        add(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n", type, x, y, escaped(text));
    }

    private static void add(StringBuilder out, String form, Object... values) {
        out.append(String.format(Locale.ROOT, form.replace("%n", "\n"), values));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
