/**
 * A script as text: its tokens, its statements, its comments, and where each stands.
 *
 * <p>Pure and linear in the length of the text. Nothing here knows PostgreSQL's grammar; that is {@code lint.parse}'s.
 */
@NullMarked
package dev.nightshift.guards.lint.script;

import org.jspecify.annotations.NullMarked;
