/**
 * The SQL linter: a script goes in, findings come out.
 *
 * <p>Pure: the database, where there is one, is known through {@link dev.nightshift.guards.lint.catalog.Catalog} only. The
 * rules stand in {@code lint.rule}, one a file; {@code lint.script} cuts scripts, {@code lint.parse} parses their
 * statements, {@code lint.tree} names what the rules ask of a tree, {@code lint.flow} follows the session.
 */
@NullMarked
package dev.nightshift.guards.lint;

import org.jspecify.annotations.NullMarked;
