package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text put together from constants.
 *
 * @param exact whether nothing in it is unknown; otherwise a name stands for each unknown part
 */
record Folded(String text, boolean exact) {
    private static final String SOME_NAME = "_";
    static final Folded UNKNOWN = new Folded(SOME_NAME, false);
    private static final Pattern SPECIFIER = Pattern.compile("%(?:(\\d+)\\$)?-?\\d*([sIL%])");

    static Folded of(Node expression) {
        Node bare = Expressions.bare(expression);
        if (Expressions.isString(bare)) {
            return new Folded(Expressions.constant(bare).orElse(""), true);
        }
        if (Expressions.operator(bare).equals("||")) {
            Folded left = of(bare.node("lexpr"));
            Folded right = of(bare.node("rexpr"));
            return new Folded(left.text + right.text, left.exact && right.exact);
        }
        if (bare.is("FuncCall") && Expressions.function(bare).name().equals("format")) {
            return format(bare.list("args"));
        }
        return UNKNOWN;
    }

    private static Folded format(List<Node> args) {
        Folded pattern = args.isEmpty() ? UNKNOWN : of(args.get(0));
        Matcher matcher = SPECIFIER.matcher(pattern.text);
        StringBuilder text = new StringBuilder();
        boolean exact = pattern.exact;
        int next = 1;
        while (matcher.find()) {
            String replacement = "%";
            if (!matcher.group(2).equals("%")) {
                int position = matcher.group(1) == null ? next++ : Integer.parseInt(matcher.group(1));
                Folded value = position < args.size() ? of(args.get(position)) : UNKNOWN;
                exact &= value.exact;
                replacement = quoted(value.text, matcher.group(2));
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(replacement));
        }
        return new Folded(matcher.appendTail(text).toString(), exact);
    }

    private static String quoted(String value, String specifier) {
        return switch (specifier) {
            case "I" -> '"' + value.replace("\"", "\"\"") + '"';
            case "L" -> '\'' + value.replace("'", "''") + '\'';
            default -> value;
        };
    }
}
