/**
 * What people and programs are shown of a run, and what they may ask of it: status, summary, commands, and the words
 * and numbers in which these are written.
 *
 * <p>Values and two ports, {@link dev.nightshift.view.RunReader} and {@link dev.nightshift.view.Intents}; no I/O, no
 * clock. The commands read through the ports, a running supervisor builds the same values from its own memory. Uses the
 * JDK, {@code run} and the guards' readings.
 */
@NullMarked
package dev.nightshift.view;

import org.jspecify.annotations.NullMarked;
