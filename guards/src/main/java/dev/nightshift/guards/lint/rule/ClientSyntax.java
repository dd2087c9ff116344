package dev.nightshift.guards.lint.rule;

import dev.nightshift.guards.lint.Hit;
import dev.nightshift.guards.lint.RuleCard;
import dev.nightshift.guards.lint.Runner;
import dev.nightshift.guards.lint.Script;
import dev.nightshift.guards.lint.Severity;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.script.Piece;
import java.util.stream.Stream;

/** PSQL-META: psql commands, COPY data in the script or :variables in a script that psql does not run. */
final class ClientSyntax extends Rule {
    ClientSyntax() {
        super(new RuleCard(
                "PSQL-META",
                Severity.ERROR,
                "psql commands, COPY data in the script or :variables in a script that psql does not run",
                "-",
                "only psql understands them: through any driver they are a syntax error, or wait for data that never comes",
                "plain SQL; INSERT instead of COPY data",
                "\\connect other",
                "SELECT E'\\\\d'"));
    }

    @Override
    public Stream<Hit> checkPiece(Piece piece, Script script) {
        if (script.runner() == Runner.PSQL) {
            return Stream.empty();
        }
        return switch (piece.kind()) {
            case PSQL_COMMAND -> Stream.of(hit(piece.text().split("\\s", 2)[0] + " is a command to psql, not SQL"));
            case PSQL_VARIABLE -> Stream.of(hit(piece.text() + " is a variable of psql"));
            case COPY_DATA, STATEMENT -> Stream.empty();
        };
    }

    @Override
    public Stream<Hit> check(Step step) {
        Node tree = step.tree();
        boolean throughClient = step.is("CopyStmt") && tree.text("filename").isEmpty();
        return throughClient && step.script().runner() != Runner.PSQL
                ? Stream.of(hit(
                        tree.flag("is_from")
                                ? "COPY FROM STDIN waits for data that only a client such as psql sends"
                                : "COPY TO STDOUT sends data that only a client such as psql takes"))
                : Stream.empty();
    }
}
