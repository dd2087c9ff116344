package dev.nightshift.guards.lint.flow;

import dev.nightshift.guards.lint.tree.Name;

/**
 * A lock that a statement takes.
 *
 * @param named whether the statement names the relation as its target, and does not just lock it along
 */
public record TableLock(Name relation, LockMode mode, boolean named) {}
