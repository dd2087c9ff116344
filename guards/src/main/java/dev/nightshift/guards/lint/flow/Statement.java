package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.parse.Node;

/**
 * One statement of a script or of a body in it.
 *
 * @param start where its text begins in the script
 * @param verbatim whether its text stands so in the script; otherwise every place in it is told as its start
 */
public record Statement(Node tree, String text, int start, boolean verbatim) {
    /** The place in the script of an index of this statement's text. */
    public int inScript(int at) {
        return verbatim && at > 0 ? start + at : start;
    }
}
