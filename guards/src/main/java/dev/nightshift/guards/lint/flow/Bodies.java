package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.flow.Body.Opaque;
import dev.nightshift.guards.lint.flow.Body.Part;
import dev.nightshift.guards.lint.flow.Body.Sql;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.parse.Parsed;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Splitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes DO blocks and routines apart, in PL/pgSQL, SQL text and SQL with BEGIN ATOMIC. */
final class Bodies {
    /** Languages whose code cannot change a table by itself in ways that its text would tell. */
    private static final Set<String> COMPILED = Set.of("c", "internal");

    private final SqlParser parser;

    Bodies(SqlParser parser) {
        this.parser = parser;
    }

    Body of(Statement statement) {
        List<SettingChanges.Change> settings = statement.tree().list("options").stream()
                .filter(option -> option.text("defname").equals("set"))
                .flatMap(option -> SettingChanges.set(option.node("arg")).stream())
                .toList();
        return new Body(text(statement).parts(), settings);
    }

    private Body text(Statement statement) {
        Node atomic = statement.tree().node("sql_body");
        if (!atomic.isNothing()) {
            return new Body(atomic(statement, atomic));
        }
        Optional<BodyText> text = BodyText.of(statement);
        return text.isEmpty() ? Body.EMPTY : read(statement, text.get());
    }

    private Body read(Statement statement, BodyText text) {
        if (text.language().equals("plpgsql")) {
            return plpgsql(statement, text);
        }
        if (text.language().equals("sql")) {
            return new Body(sql(text));
        }
        if (COMPILED.contains(text.language()) || text.language().isEmpty()) {
            return Body.EMPTY;
        }
        return new Body(List.of(new Opaque("a body in " + text.language() + " cannot be read", text.start())));
    }

    private Body plpgsql(Statement statement, BodyText text) {
        Parsed parsed = parser.parsePlpgsql(statement.text());
        if (parsed instanceof Parsed.Refused) {
            String simpler = PlpgsqlHeader.simplified(statement.text(), text.text());
            parsed = simpler.equals(statement.text()) ? parsed : parser.parsePlpgsql(simpler);
        }
        if (parsed instanceof Parsed.Accepted accepted) {
            return new Body(new PlpgsqlParts(parser, text).of(accepted.statements()));
        }
        String why = ((Parsed.Refused) parsed).message();
        return new Body(List.of(new Opaque("PL/pgSQL's own parser refuses the body: " + why, text.start())));
    }

    private List<Part> sql(BodyText text) {
        List<Part> parts = new ArrayList<>();
        for (Piece piece : Splitter.split(text.text()).all()) {
            int at = text.inScript(piece.start());
            if (parser.parse(piece.text()) instanceof Parsed.Accepted accepted) {
                accepted.statements()
                        .forEach(tree ->
                                parts.add(new Sql(new Statement(tree, piece.text(), at, text.verbatim()), false)));
            } else {
                parts.add(new Opaque("a statement of the body does not parse", at));
            }
        }
        return parts;
    }

    private static List<Part> atomic(Statement statement, Node body) {
        return body.all()
                .filter(list -> list.is("List"))
                .flatMap(list -> list.list("items").stream())
                .filter(item -> !item.is("List") && item.kind().endsWith("Stmt"))
                .<Part>map(tree -> new Sql(new Statement(tree, statement.text(), statement.start(), true), false))
                .toList();
    }
}
