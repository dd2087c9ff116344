/**
 * What a terminal shows: pure renderers from views to lines, and the screen that repaints them.
 *
 * <p>Lines carry styles, not escape codes; colour, character set and width are decided once, by the screen. Only {@link
 * dev.nightshift.cli.screen.LiveScreen} writes. Uses {@code view} and {@code run}.
 */
@NullMarked
package dev.nightshift.cli.screen;

import org.jspecify.annotations.NullMarked;
