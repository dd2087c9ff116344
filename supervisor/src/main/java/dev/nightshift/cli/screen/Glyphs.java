package dev.nightshift.cli.screen;

/** The few characters beyond ASCII that screens use, and what stands for them where a terminal cannot show them. */
final class Glyphs {

    private static final String BLOCKS = " ▏▎▍▌▋▊▉";

    private Glyphs() {}

    static String ascii(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder ascii = new StringBuilder(text.length());
        text.chars().forEach(c -> ascii.append(ascii((char) c)));
        return ascii.toString();
    }

    private static String ascii(char c) {
        return switch (c) {
            case '█', '▉', '▊', '▋', '▌' -> "#";
            case '░', '▏', '▎', '▍' -> ".";
            case '·', '−', '–' -> "-";
            case '×' -> "x";
            case '…' -> "...";
            case '÷' -> "/";
            default -> c < 128 ? String.valueOf(c) : "?";
        };
    }

    /** A bar of {@code cells} characters, filled to the eighth of a character. */
    static String bar(double ratio, int cells) {
        int eighths = (int) Math.floor(Math.min(1, Math.max(0, ratio)) * cells * 8);
        StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
        if (eighths % 8 > 0) {
            bar.append(BLOCKS.charAt(eighths % 8));
        }
        return bar.append("░".repeat(cells - bar.length())).toString();
    }
}
