/** What a database proves about the tables that a script touches; a port, and the facts as records. */
@NullMarked
package dev.nightshift.guards.lint.catalog;

import org.jspecify.annotations.NullMarked;
