/**
 * The hands: one process that claims a run, carries out its steps and leaves with one of four exit codes.
 *
 * <p>The loop and the ports through which it reaches the database, the dump and the migrations. Blocking code on plain
 * threads; no SQL client, no process, no Flyway here. Uses {@code run}, {@code plan}, {@code time} and the guards.
 */
@NullMarked
package dev.nightshift.worker;

import org.jspecify.annotations.NullMarked;
