package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.Step;
import dev.nightshift.guards.lint.script.Piece;
import java.util.stream.Stream;

/** One rule: a pure function from a statement in its situation to what is wrong with it. */
public interface LintRule {
    RuleCard card();

    default Stream<Hit> check(Step step) {
        return Stream.empty();
    }

    /** For the few rules about what never reaches the grammar: client syntax and data. */
    default Stream<Hit> checkPiece(Piece piece, Script script) {
        return Stream.empty();
    }
}
