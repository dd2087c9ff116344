package dev.nightshift.guards.lint.script;

/** Where a number ends: {@code 12}, {@code 1_000}, {@code 0xFF}, {@code .5}, {@code 1.5e-3}. */
final class Numbers {
    private Numbers() {}

    static int end(String text, int from) {
        int at = from;
        while (at < text.length() && (Lexer.isWordPart(text.charAt(at)) || text.charAt(at) == '.')) {
            if (text.startsWith("..", at)) {
                return at; // a loop's 1..10
            }
            boolean exponent = text.charAt(at) == 'e' || text.charAt(at) == 'E';
            at++;
            if (exponent && at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
        }
        return at;
    }
}
