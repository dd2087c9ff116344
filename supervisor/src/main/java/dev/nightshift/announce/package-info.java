/**
 * Who is told what happens to runs: what becomes of each event of the journal, in which order messages go out, and when
 * one is given up.
 *
 * <p>The loop and its ports; no SQL and no HTTP here. What is told is read from the journal, so that a process that is
 * killed loses nothing and another one goes on. Uses {@code drive}, {@code view}, {@code plan}, {@code run} and {@code time}.
 */
@NullMarked
package dev.nightshift.announce;

import org.jspecify.annotations.NullMarked;
