package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Created;
import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Expressions;
import dev.nightshift.guards.lint.tree.Name;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Syntax that the grammar, which is PostgreSQL 18's, takes and an older server does not. */
final class NewSyntax {
    private NewSyntax() {}

    static Stream<Hit> check(Step step) {
        OptionalInt server = step.timeline().serverVersion();
        return server.isEmpty()
                ? Stream.empty()
                : Feature.ALL.stream()
                        .filter(feature -> feature.since() > server.getAsInt())
                        .flatMap(feature -> uses(step, feature, server.getAsInt()));
    }

    private static Stream<Hit> uses(Step step, Feature feature, int server) {
        return step.tree()
                .all()
                .filter(feature.isUsed())
                .filter(node -> !isOwnFunction(step, node))
                .limit(1)
                .map(node -> Hit.because(feature.name() + " is new in PostgreSQL " + feature.since()
                                + "; the server is " + server)
                        .at(node));
    }

    /** A function of the script or of the database, under a name that a newer PostgreSQL has as well. */
    private static boolean isOwnFunction(Step step, Node node) {
        if (!node.is("FuncCall")) {
            return false;
        }
        Name function = Expressions.function(node);
        return step.created(Created.Kind.ROUTINE, function).isPresent()
                || step.catalog().volatility(function).isPresent();
    }
}
