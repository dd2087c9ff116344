/**
 * The commands: what people type, what they are told, and the code with which each command ends.
 *
 * <p>stdout is data, stderr is progress. A command reaches the outside through {@link dev.nightshift.cli.CommandPorts}
 * only; what it shows is drawn in {@code cli.screen} from the values of {@code view}. picocli is named here and nowhere
 * else.
 */
@NullMarked
package dev.nightshift.cli;

import org.jspecify.annotations.NullMarked;
