/** A real PostgreSQL primary and standbys on this machine, with a link between them that can be hurt. */
@NullMarked
package dev.nightshift.sandbox;

import org.jspecify.annotations.NullMarked;
