package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.catalog.Catalog;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.parse.Parsed;
import dev.nightshift.guards.lint.parse.SqlParser;
import dev.nightshift.guards.lint.script.Piece;
import dev.nightshift.guards.lint.script.Pieces;
import dev.nightshift.guards.lint.tree.Dml;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Runs a script in the mind: statement by statement, bodies where they are run, and notes the situation of each. */
public final class Walker {
    private final Timeline timeline;
    private final Session session;
    private final Creations creations;
    private final Bodies bodies;
    private final SqlParser parser;
    private final Map<String, Body> routines = new HashMap<>();
    private final Map<String, Body> prepared = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    private Walker(SqlParser parser, Timeline timeline, boolean wrapped) {
        this.parser = parser;
        this.timeline = timeline;
        this.session = new Session(timeline, wrapped);
        this.creations = new Creations(timeline.objects());
        this.bodies = new Bodies(parser);
    }

    public static Timeline walk(
            Script script, Pieces pieces, SqlParser parser, Catalog catalog, OptionalInt serverVersion, Past past) {
        Timeline timeline = new Timeline(script, catalog, serverVersion, parser, past);
        ParsedPieces parsed = ParsedPieces.of(pieces, parser);
        boolean noTransaction =
                pieces.comments().stream().anyMatch(comment -> comment.word().equals("no-transaction"));
        boolean wrapped = Wrapping.wraps(script, noTransaction, parsed.statements(), timeline.serverVersion());
        new Walker(parser, timeline, wrapped).run(parsed);
        return timeline;
    }

    private void run(ParsedPieces parsed) {
        parsed.each((piece, answer) -> {
            if (answer instanceof Parsed.Refused refused) {
                timeline.refuse(piece, refused);
            } else {
                ((Parsed.Accepted) answer).statements().forEach(tree -> top(piece, tree));
            }
        });
        session.finish();
    }

    private void top(Piece piece, Node tree) {
        Statement statement = new Statement(tree, piece.text(), piece.start(), true);
        boolean holdsBody = tree.is("DoStmt") || tree.is("CallStmt");
        Step step = note(statement, session.situation(Optional.empty(), holdsBody));
        runBodies(step, step.transaction());
    }

    private Step note(Statement statement, Situation situation) {
        Step step = new Step(statement, timeline.nextIndex(), situation, timeline);
        timeline.add(step);
        situation.transaction().add(step);
        session.apply(step);
        creations.note(step);
        return step;
    }

    /** A DO block runs its body at once; a call runs that of a routine; a definition is only read. */
    private Transaction runBodies(Step step, Transaction transaction) {
        if (step.is("DoStmt") || step.is("CreateFunctionStmt")) {
            Body body = bodies.of(step.statement());
            timeline.body(step, body);
            if (step.is("DoStmt")) {
                return run(body, step, transaction);
            }
            routines.put(Name.of(step.tree().list("funcname")).name(), body);
            return transaction;
        }
        if (step.is("PrepareStmt")) {
            prepared.put(step.tree().text("name"), prepared(step.statement()));
        } else if (step.is("ExecuteStmt")) {
            return run(prepared.getOrDefault(step.tree().text("name"), Body.EMPTY), step, transaction);
        }
        Transaction current = transaction;
        for (Name routine : called(step)) {
            current = call(routine, step, current);
        }
        return current;
    }

    private static Body prepared(Statement prepare) {
        Node query = prepare.tree().node("query");
        return new Body(List.of(
                new Body.Sql(new Statement(query, prepare.text(), prepare.start(), prepare.verbatim()), false)));
    }

    private static Set<Name> called(Step step) {
        Set<Name> called = new LinkedHashSet<>();
        if (!Dml.onlyDefines(step.tree())) {
            Expressions.calls(step.tree()).map(Expressions::function).forEach(called::add);
        }
        return called;
    }

    private Transaction call(Name routine, Step step, Transaction transaction) {
        Body body = routines.get(routine.name());
        if (body == null) {
            body = fromCatalog(routine, step);
        }
        if (body.parts().isEmpty() || !running.add(routine.name())) {
            return transaction;
        }
        Transaction after = run(body, step, transaction);
        running.remove(routine.name());
        return after;
    }

    private Body fromCatalog(Name routine, Step step) {
        Body body = timeline.catalog()
                .routine(routine)
                .map(definition -> parser.parse(definition) instanceof Parsed.Accepted accepted
                        ? bodies.of(new Statement(
                                accepted.statements().get(0),
                                definition,
                                step.statement().start(),
                                false))
                        : Body.EMPTY)
                .orElse(Body.EMPTY);
        routines.put(routine.name(), body);
        return body;
    }

    private Transaction run(Body body, Step outer, Transaction transaction) {
        Transaction current = transaction;
        Settings before = session.enter(body);
        for (Body.Part part : body.parts()) {
            if (part instanceof Body.TransactionEnd) {
                current = session.afterCommitInBody();
            } else if (part instanceof Body.Sql sql) {
                Step step = note(sql.statement(), session.inBody(current, outer));
                current = runBodies(step, current);
            }
        }
        session.leave(body, before);
        return current;
    }
}
