package dev.nightshift.guards.lint;

import dev.nightshift.guards.lint.flow.LockMode;
import dev.nightshift.guards.lint.parse.Node;
import dev.nightshift.guards.lint.tree.Name;
import java.util.Optional;

/**
 * A rule's answer: this statement is wrong.
 *
 * @param at where in the statement's text, in characters; -1 = where the statement begins
 * @param lock the lock it takes, when it is another than the rule's card says
 * @param severity when it is another than the rule's card says
 * @param weighs whether the size of the relation decides how bad it is
 */
public record Hit(
        String message,
        int at,
        Optional<Name> relation,
        Optional<String> lock,
        Optional<Severity> severity,
        boolean weighs) {

    public static Hit because(String message) {
        return new Hit(message, -1, Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    public Hit at(Node node) {
        return new Hit(message, node.locationOrUnknown(), relation, lock, severity, weighs);
    }

    public Hit at(int offset) {
        return new Hit(message, offset, relation, lock, severity, weighs);
    }

    public Hit on(Name name) {
        return new Hit(message, at, Optional.of(name), lock, severity, weighs);
    }

    public Hit locking(LockMode mode) {
        return new Hit(message, at, relation, Optional.of(mode.words()), severity, weighs);
    }

    public Hit as(Severity other) {
        return new Hit(message, at, relation, lock, Optional.of(other), weighs);
    }

    /** The work grows with the table: a small one makes it less bad. */
    public Hit weighedBySize() {
        return new Hit(message, at, relation, lock, severity, true);
    }
}
