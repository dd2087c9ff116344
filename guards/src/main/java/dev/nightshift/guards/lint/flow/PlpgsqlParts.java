package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.flow.Body.Opaque;
import dev.nightshift.guards.lint.flow.Body.Part;
import dev.nightshift.guards.lint.flow.Body.Sql;
import dev.nightshift.guards.lint.flow.Body.TransactionEnd;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.parse.Parsed;
import dev.nightshift.guards.lint.parse.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The statements in PL/pgSQL's trees, EXECUTE of known texts among them. */
final class PlpgsqlParts {
    private static final Set<String> DYNAMIC = Set.of("PLpgSQL_stmt_dynexecute", "PLpgSQL_stmt_dynfors");
    private static final Set<String> QUERIES = Set.of(
            "PLpgSQL_stmt_execsql",
            "PLpgSQL_stmt_fors",
            "PLpgSQL_stmt_open",
            "PLpgSQL_stmt_return_query",
            "PLpgSQL_stmt_call");
    private static final Pattern CALL = Pattern.compile("\\w\"?\\s*\\(");
    private static final Pattern ASSIGNED = Pattern.compile("^[^=]*?:?=");

    private final SqlParser parser;
    private final BodyText text;
    private final BodyPlaces places;
    private final List<Part> parts = new ArrayList<>();

    PlpgsqlParts(SqlParser parser, BodyText text) {
        this.parser = parser;
        this.text = text;
        this.places = new BodyPlaces(text.text());
    }

    List<Part> of(List<Node> functions) {
        functions.forEach(function -> function.all()
                .filter(node -> node.kind().startsWith("PLpgSQL_stmt_"))
                .forEach(this::add));
        return parts;
    }

    private void add(Node node) {
        if (node.is("PLpgSQL_stmt_commit") || node.is("PLpgSQL_stmt_rollback")) {
            parts.add(new TransactionEnd());
            return;
        }
        for (Node expression : node.children()) {
            if (expression.is("PLpgSQL_expr")) {
                add(node, expression);
            }
        }
    }

    private void add(Node node, Node expression) {
        String query = expression.text("query");
        int line = (int) node.number("lineno");
        if ((DYNAMIC.contains(node.kind()) && node.node("query").sameAs(expression))
                || node.node("dynquery").sameAs(expression)) {
            execute(query, line);
        } else if (node.is("PLpgSQL_stmt_perform")) {
            perform(query, line);
        } else if (QUERIES.contains(node.kind())) {
            int at = places.find(query, line);
            query(query.strip(), at, at >= 0 ? at : places.lineText(line));
        } else if (CALL.matcher(query).find()) {
            String value =
                    node.is("PLpgSQL_stmt_assign") ? ASSIGNED.matcher(query).replaceFirst("") : query;
            query("SELECT " + value, -1, places.lineText(line));
        }
    }

    private void perform(String query, int line) {
        int at = places.findPerform(query, line);
        query(" " + query, at, at >= 0 ? at : places.lineText(line));
    }

    private void query(String sql, int found, int at) {
        if (parser.parse(sql) instanceof Parsed.Accepted accepted) {
            boolean verbatim = found >= 0 && text.verbatim();
            accepted.statements()
                    .forEach(tree -> parts.add(new Sql(new Statement(tree, sql, text.inScript(at), verbatim), false)));
        }
    }

    private void execute(String expression, int line) {
        int found = places.find(expression, line);
        int at = text.inScript(found >= 0 ? found : places.lineText(line));
        Folded folded = parser.parse("SELECT " + expression) instanceof Parsed.Accepted accepted
                ? Folded.of(
                        accepted.statements().get(0).list("targetList").get(0).node("val"))
                : Folded.UNKNOWN;
        if (!folded.exact()) {
            parts.add(new Opaque("EXECUTE runs a text that is put together at run time", at));
        }
        if (parser.parse(folded.text()) instanceof Parsed.Accepted accepted) {
            accepted.statements()
                    .forEach(
                            tree -> parts.add(new Sql(new Statement(tree, folded.text(), at, false), !folded.exact())));
        } else if (folded.exact()) {
            parts.add(new Opaque("EXECUTE runs a text that does not parse", at));
        }
    }
}
