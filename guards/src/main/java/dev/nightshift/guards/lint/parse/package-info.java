/**
 * PostgreSQL's own grammar inside the JVM: libpg_query 18 as WebAssembly, run by Chicory, its JSON trees read into {@link
 * dev.nightshift.guards.lint.parse.Node}.
 *
 * <p>The only package of this module that names Chicory or Jackson, or reads a resource. It knows no rule.
 */
@NullMarked
package dev.nightshift.guards.lint.parse;

import org.jspecify.annotations.NullMarked;
