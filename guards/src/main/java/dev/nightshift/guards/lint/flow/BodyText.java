package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.script.Lexer;
import dev.nightshift.guards.lint.script.Token;
import java.util.Locale;
import java.util.Optional;

/**
 * The body of a DO block or routine: a string of its own.
 *
 * @param text what the string says
 * @param start where it begins in the script
 * @param verbatim whether the script has it as it is, or with quotes doubled
 */
record BodyText(String language, String text, int start, boolean verbatim) {
    static Optional<BodyText> of(Statement statement) {
        Node tree = statement.tree();
        boolean block = tree.is("DoStmt");
        String language = "";
        Node as = tree.node("none");
        for (Node option : tree.list(block ? "args" : "options")) {
            if (option.text("defname").equals("as")) {
                as = option;
            } else if (option.text("defname").equals("language")) {
                language = option.node("arg").text("sval").toLowerCase(Locale.ROOT);
            }
        }
        if (as.isNothing()) {
            return Optional.empty();
        }
        Node arg = as.node("arg");
        String text = block ? arg.text("sval") : arg.list("items").get(0).text("sval");
        String spoken = language.isEmpty() && block ? "plpgsql" : language;
        return Optional.of(place(statement, Math.max(0, as.location()), spoken, text));
    }

    private static BodyText place(Statement statement, int from, String language, String text) {
        Lexer lexer = new Lexer(statement.text().substring(from));
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            if (token.kind() == Token.Kind.STRING) {
                int at = from + token.start();
                int inside = statement.text().indexOf(text, at);
                boolean verbatim = statement.verbatim() && inside >= 0 && inside + text.length() <= from + token.end();
                return new BodyText(language, text, statement.inScript(verbatim ? inside : at), verbatim);
            }
        }
        return new BodyText(language, text, statement.start(), false);
    }

    /** The place in the script of an index of the body. */
    int inScript(int at) {
        return verbatim ? start + at : start;
    }
}
