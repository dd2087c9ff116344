/**
 * Time as the program sees it: a clock with one method, the window in which a run may work, what is reckoned in it, and
 * waits that grow.
 *
 * <p>Pure: nothing here reads a real clock; whoever starts the program hands one in. The only package
 * that names cron-utils; uses the JDK otherwise, and how the guards write
 * durations.
 */
@NullMarked
package dev.nightshift.time;

import org.jspecify.annotations.NullMarked;
