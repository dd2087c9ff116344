/**
 * {@code nightshift demo}: a whole run on a real primary and standby behind a link that goes bad at a random moment.
 *
 * <p>A user of the product like any other: it writes a plan, starts the {@code nightshift} program as a child process
 * and reads the journal by SQL. It shares no code with the program.
 */
@NullMarked
package dev.nightshift.sandbox.demo;

import org.jspecify.annotations.NullMarked;
