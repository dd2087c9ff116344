/**
 * The one loop that supervises a run, and the ports through which it and the worker reach the world.
 *
 * <p>Readings come in, the run machine and the guards decide, effects go out. Vert.x futures are composed here and in
 * the adapters, nowhere else. Uses {@code run}, {@code plan}, {@code time} and the guards.
 */
@NullMarked
package dev.nightshift.drive;

import org.jspecify.annotations.NullMarked;
