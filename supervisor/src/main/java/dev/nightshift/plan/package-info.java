/**
 * The plan: what a person asks Nightshift to do, as checked records, and the reader that makes them from YAML or says
 * every problem with its place.
 *
 * <p>Nothing here opens a file, a connection or a clock: callers hand in text. The only package that names
 * snakeyaml-engine; otherwise it uses the JDK, {@code dev.nightshift.guards} and {@code dev.nightshift.time}.
 */
@NullMarked
package dev.nightshift.plan;

import org.jspecify.annotations.NullMarked;
