/** What the rules ask of PostgreSQL's parse trees, each question in one place; knows no rule and no script. */
@NullMarked
package dev.nightshift.guards.lint.tree;

import org.jspecify.annotations.NullMarked;
