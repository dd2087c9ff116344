/** The session that runs a script: its transactions, settings, locks, the objects it has created, the bodies it calls. */
@NullMarked
package dev.nightshift.guards.lint.flow;

import org.jspecify.annotations.NullMarked;
